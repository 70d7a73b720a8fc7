"""The visits room: who met whom, where and when, as far as sources tell."""
