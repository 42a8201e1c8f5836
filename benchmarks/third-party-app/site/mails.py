"""Writes the same mailing list archive every time: 60 threads of up to 24 mails by 30 people, as an mbox on stdout."""

import sys
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

START = datetime(2026, 2, 1, 8, 0, tzinfo=timezone.utc)
THREADS = 60
PEOPLE = 30

number = 0
for thread in range(THREADS):
    parent = None
    for reply in range(1 + thread * 7 % 24):
        person = (thread * 5 + reply * 11) % PEOPLE
        sent = START + timedelta(hours=thread * 11, minutes=reply * 23)
        message_id = f"<{thread}.{reply}@lists.example>"
        headers = [
            f"From person{person}@lists.example {sent:%a %b %d %H:%M:%S %Y}",
            f"From: Person {person} <person{person}@lists.example>",
            "To: users@lists.example",
            f"Subject: {'Re: ' if parent else ''}Question {thread} about the heating",
            f"Date: {format_datetime(sent)}",
            f"Message-ID: {message_id}",
        ]
        if parent:
            headers.append(f"In-Reply-To: {parent}")
        body = "\n".join(f"Line {line} of answer {reply} to question {thread}." for line in range(12))
        sys.stdout.write("\n".join(headers) + "\n\n" + body + "\n\n")
        if parent is None or reply % 3 == 0:
            parent = message_id
        number += 1
