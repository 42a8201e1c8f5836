"""Writes the same mailing list archive every time: 60 threads of up to 24 mails by 30 people, as an mbox on stdout."""

import sys
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

START = datetime(2026, 2, 1, 8, 0, tzinfo=timezone.utc)
THREADS = 60
PEOPLE = 30

# What templates do things to: addresses, quotes, markup, characters beyond ASCII.
SENTENCES = [
    "Yesterday evening the radiators upstairs were cold again although the thermostat said 21 degrees.",
    "Has anybody already written to the caretaker, or shall I do that tomorrow morning?",
    "Our neighbour's plumber charged 180 euros for bleeding two valves & replacing a gasket.",
    "See https://example.org/manuals/boiler?model=KX-40&lang=de#pressure for the instructions.",
    "Für die Räume im Erdgeschoß wäre eine größere Umwälzpumpe nötig, meint Frau Müller.",
    "I measured <b>1.4 bar</b> on the manometer; below 1.0 it switches itself off.",
    "> Did the technician leave any paperwork behind after the inspection?",
    "The contract guarantees maintenance \u201cwithin two working days\u201d \u2013 it has been nine.",
    "Please compare invoices from 2024-11-30 and 2025-11-28 before Thursday's meeting.",
    "Kind regards from the third floor, where it's 14 degrees in the kitchen.",
]


def text(thread, reply):
    """Three to seven sentences, others for each mail, and a line that no other mail has."""
    first = thread * 13 + reply * 7
    sentences = [SENTENCES[(first + line * 3) % len(SENTENCES)] for line in range(3 + first % 5)]
    return "\n".join([f"Hello, apartment {thread * 100 + reply} here.", *sentences])


sys.stdout.reconfigure(encoding="utf-8")
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
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: 8bit",
        ]
        if parent:
            headers.append(f"In-Reply-To: {parent}")
        body = text(thread, reply)
        sys.stdout.write("\n".join(headers) + "\n\n" + body + "\n\n")
        if parent is None or reply % 3 == 0:
            parent = message_id
        number += 1
