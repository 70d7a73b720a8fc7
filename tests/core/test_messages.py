"""Sentences for people, with their values."""

from embassy.core.messages import say, say_many


def test_a_sentence_without_values_keeps_its_percent_sign() -> None:
    assert str(say("90 % of it")) == "90 % of it"


def test_a_sentence_takes_its_values_by_name_and_sentences_among_them() -> None:
    sentence = say("Signed %(where)s on %(day)s.", where=say("in %(city)s", city="Tirana"), day="9 May")

    assert str(sentence) == "Signed in Tirana on 9 May."


def test_a_count_chooses_the_form() -> None:
    told = [
        str(say_many("%(num)d day in %(city)s", "%(num)d days in %(city)s", n, city="Mons"))
        for n in (0, 1, 2)
    ]

    assert told == ["0 days in Mons", "1 day in Mons", "2 days in Mons"]


def test_a_sentence_is_a_value() -> None:
    assert say("Figures.", least=1) == say("Figures.", least=1)
