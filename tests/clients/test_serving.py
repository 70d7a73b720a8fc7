"""Two workers, one answer; and the same after a restart."""

from tests.clients.serving import Service, serving

FEED = "/sq/events.ics"


def test_both_workers_send_the_same_bytes_and_validators(service: Service) -> None:
    answers = [service.get(FEED) for _ in range(12)]

    bodies = {body for _, body in answers}
    validators = {(response.headers["ETag"], response.headers["Last-Modified"]) for response, _ in answers}

    assert len(bodies) == 1
    assert len(validators) == 1
    assert answers[0][0].headers["Content-Type"] == "text/calendar; charset=utf-8"


def test_a_restart_changes_nothing(service: Service) -> None:
    _, before = service.get(FEED)
    again = Service(service.folder, service.port + 1)

    with serving(again):
        restarted, after = again.get(FEED)

    assert after.replace(again.address.encode(), service.address.encode()) == before
    assert restarted.status == 200


def test_whoever_has_the_feed_gets_a_304_without_a_body(service: Service) -> None:
    first, _ = service.get(FEED)

    by_etag, etag_body = service.get(FEED, **{"If-None-Match": first.headers["ETag"]})
    by_date, date_body = service.get(FEED, **{"If-Modified-Since": first.headers["Last-Modified"]})

    assert (by_etag.status, etag_body) == (304, b"")
    assert (by_date.status, date_body) == (304, b"")
    assert by_etag.headers["ETag"] == first.headers["ETag"]


def test_the_health_answers_say_live_and_ready(service: Service) -> None:
    assert [service.get(f"/health/{name}")[1] for name in ("live", "ready")] == [b"live\n", b"ready\n"]
