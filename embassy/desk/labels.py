"""What the words of the desk are called."""

from embassy.core.messages import Message, say
from embassy.core.text import Standing
from embassy.core.workflow import Move, Stage

STAGES: dict[Stage, Message] = {
    Stage.draft: say("Draft"),
    Stage.submitted: say("Waits for a decision"),
    Stage.returned: say("Returned with comments"),
    Stage.approved: say("Approved, waits for its time"),
    Stage.applied: say("Published"),
    Stage.discarded: say("Discarded"),
}

SHAPES: dict[Stage, str] = {
    Stage.draft: "open",
    Stage.submitted: "asked",
    Stage.returned: "stop",
    Stage.approved: "soon",
    Stage.applied: "good",
    Stage.discarded: "over",
}

# What the log tells, of changes and of accounts.
DEEDS: dict[str, Message] = {
    "apply": say("Published"),
    "erase": say("Personal data erased"),
    "invited": say("Account invited"),
    "role_given": say("Role given"),
    "role_taken": say("Role taken away"),
    "disabled": say("Account disabled"),
    "enabled": say("Account enabled"),
    "second_proof_forgotten": say("Second proof of an account removed"),
    "recovery_code_used": say("A recovery code was used"),
}

STANDINGS: dict[Standing, Message] = {
    Standing.missing: say("Missing"),
    Standing.outdated: say("Outdated"),
    Standing.draft: say("Not finished"),
    Standing.current: say("Current"),
}

STANDING_SHAPES: dict[Standing, str] = {
    Standing.missing: "unknown",
    Standing.outdated: "soon",
    Standing.draft: "open",
    Standing.current: "good",
}

MOVES: dict[Move, Message] = {
    Move.save: say("Draft saved"),
    Move.submit: say("Handed in for a decision"),
    Move.recall: say("Taken back as a draft"),
    Move.give_back: say("Returned"),
    Move.approve: say("Approved"),
    Move.publish: say("Published at once"),
    Move.review: say("Looked at afterwards"),
    Move.discard: say("Discarded"),
}

DEEDS.update((str(move), label) for move, label in MOVES.items())

# What is told once a move is made.
DONE: dict[Move, Message] = {
    Move.save: say("The draft is saved."),
    Move.submit: say("Handed in. A colleague decides."),
    Move.discard: say("The draft is discarded."),
    Move.recall: say("It is a draft again."),
    Move.give_back: say("Returned to its author."),
    Move.approve: say("Approved."),
    Move.publish: say("Published. A colleague looks at it afterwards."),
    Move.review: say("Thank you. It is no longer flagged."),
}
