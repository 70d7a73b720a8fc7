"""A browser is called by the name people know."""

import pytest

from embassy.accounts.agents import called

MOZILLA, WEBKIT = "Mozilla/5.0", "AppleWebKit/537.36 (KHTML, like Gecko)"
CHROME = f"{WEBKIT} Chrome/131.0.0.0 Safari/537.36"
IPHONE = f"{MOZILLA} (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (
            f"{MOZILLA} (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0",
            "Firefox, Windows",
        ),
        (f"{MOZILLA} (X11; Linux x86_64) {CHROME}", "Chrome, Linux"),
        (f"{MOZILLA} (Windows NT 10.0; Win64; x64) {CHROME} Edg/131.0.0.0", "Edge, Windows"),
        (f"{MOZILLA} (Windows NT 10.0; Win64; x64) {CHROME} OPR/116.0.0.0", "Opera, Windows"),
        (f"{MOZILLA} (Linux; Android 14) {CHROME}", "Chrome, Android"),
        (
            f"{MOZILLA} (Linux; Android 14) {WEBKIT} SamsungBrowser/27.0 Chrome/125.0.0.0 Safari/537.36",
            "Samsung Internet, Android",
        ),
        (f"{IPHONE} Version/18.1 Mobile/15E148 Safari/604.1", "Safari, iPhone"),
        (f"{IPHONE} CriOS/131.0 Mobile/15E148 Safari/604.1", "Chrome, iPhone"),
        (f"{IPHONE} FxiOS/133.0 Mobile/15E148 Safari/605.1.15", "Firefox, iPhone"),
        (f"{MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) Version/18.1 Safari/605.1.15", "Safari, macOS"),
        (f"{MOZILLA} (X11; CrOS x86_64 14541.0.0) {CHROME}", "Chrome, ChromeOS"),
        ("Mozilla/5.0 (Windows NT 10.0)", "Windows"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", ""),
    ],
)
def test_a_browser_is_called_by_its_name_and_its_system(agent: str, name: str) -> None:
    assert called(agent) == name
