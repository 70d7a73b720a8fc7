"""What holidays of Albania, of Belgium and of many other states are called in every language."""

from embassy.core.messages import Message, say

NEW_YEAR = say("New Year’s Day")
LABOUR = say("Labour Day")

WHIT_SUNDAY = say("Whit Sunday")
WHIT_MONDAY = say("Whit Monday")

# By the library's English names.
CALLED: dict[str, Message] = {
    "New Year's Day": NEW_YEAR,
    "Epiphany": say("Epiphany"),
    "International Women's Day": say("International Women’s Day"),
    "Summer Day": say("Summer Day"),
    "Nowruz Day": say("Nowruz"),
    "Maundy Thursday": say("Maundy Thursday"),
    "Good Friday": say("Good Friday"),
    "Holy Saturday": say("Holy Saturday"),
    "Easter Sunday": say("Easter Sunday"),
    "Catholic Easter Sunday": say("Catholic Easter"),
    "Orthodox Easter Sunday": say("Orthodox Easter"),
    "Easter Monday": say("Easter Monday"),
    "Labor Day": LABOUR,
    "Labour Day": LABOUR,
    "International Labor Day": LABOUR,
    "International Workers' Day": LABOUR,
    "Ascension Day": say("Ascension Day"),
    "Pentecost": WHIT_SUNDAY,
    "Whit Sunday": WHIT_SUNDAY,
    "Pentecost Monday": WHIT_MONDAY,
    "Whit Monday": WHIT_MONDAY,
    "Corpus Christi": say("Corpus Christi"),
    "National Day": say("National Day"),
    "Assumption Day": say("Assumption Day"),
    "Mother Teresa Canonization Day": say("Mother Teresa’s Canonisation Day"),
    "All Saints' Day": say("All Saints’ Day"),
    "Armistice Day": say("Armistice Day"),
    "Alphabet Day": say("Alphabet Day"),
    "Independence Day": say("Independence Day"),
    "Flag and Independence Day": say("Flag and Independence Day"),
    "Liberation Day": say("Liberation Day"),
    "National Youth Day": say("National Youth Day"),
    "Constitution Day": say("Constitution Day"),
    "Republic Day": say("Republic Day"),
    "Victory Day": say("Victory Day"),
    "Immaculate Conception": say("Immaculate Conception"),
    "Christmas Eve": say("Christmas Eve"),
    "Christmas Day": say("Christmas Day"),
    "Second Day of Christmas": say("Second Day of Christmas"),
    "Boxing Day": say("Boxing Day"),
    "New Year's Eve": say("New Year’s Eve"),
    "Eid al-Fitr": say("Eid al-Fitr"),
    "Eid al-Adha": say("Eid al-Adha"),
    "Islamic New Year": say("Islamic New Year"),
    "Prophet's Birthday": say("The Prophet’s Birthday"),
}

# By what the library says of a day that was moved, or that the moon decides.
MOVED: dict[str, Message] = {
    # Translators: a day off instead of a holiday that falls on a weekend.
    "observed": say("%(holiday)s (substitute day)"),
    # Translators: the day on which the holiday is expected; the moon decides.
    "estimated": say("%(holiday)s (expected day)"),
    "observed, estimated": say("%(holiday)s (substitute day, expected)"),
}
