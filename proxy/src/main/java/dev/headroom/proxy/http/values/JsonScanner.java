package dev.headroom.proxy.http.values;

/**
 * Finds the values in JSON, also where it stands in a script: strings that are not names, numbers, true and false. Takes
 * whatever comes without judging whether it is valid (escapes: RFC 8259, section 7).
 */
final class JsonScanner implements ValueScanner {
    private enum State {
        OUTSIDE,
        BARE,
        STRING,
        ESCAPE,
        UNICODE
    }

    private final ShownValues values;
    private final Run run;
    private State state = State.OUTSIDE;
    private boolean stringWaits;
    private int unicode;
    private int unicodeDigits;
    private int highSurrogate;

    JsonScanner(ShownValues values, Run run) {
        this.values = values;
        this.run = run;
    }

    @Override
    public void read(byte[] text, int from, int end) {
        for (int i = from; i < end; i++) {
            octet(text[i]);
        }
    }

    @Override
    public void end() {
        if (state == State.BARE || stringWaits) {
            values.run(run);
        }
        state = State.OUTSIDE;
        stringWaits = false;
        run.clear();
    }

    void octet(byte octet) {
        switch (state) {
            case OUTSIDE -> outside(octet);
            case BARE -> {
                if (isBare(octet)) {
                    run.add(octet);
                } else {
                    values.run(run);
                    run.clear();
                    state = State.OUTSIDE;
                    outside(octet);
                }
            }
            case STRING -> string(octet);
            case ESCAPE -> escape(octet);
            case UNICODE -> unicode(octet);
        }
    }

    private void outside(byte octet) {
        if (stringWaits) {
            if (octet == ' ' || octet == '\n' || octet == '\r' || octet == '\t') {
                return;
            }
            if (octet != ':') {
                values.run(run); // a string that a colon follows is a name
            }
            stringWaits = false;
            run.clear();
        }
        if (octet == '"') {
            state = State.STRING;
        } else if (isBare(octet)) {
            run.add(octet);
            state = State.BARE;
        }
    }

    private void string(byte octet) {
        if (octet == '"') {
            endSurrogate();
            stringWaits = true;
            state = State.OUTSIDE;
        } else if (octet == '\\') {
            state = State.ESCAPE;
        } else {
            endSurrogate();
            run.add(octet);
        }
    }

    private void escape(byte octet) {
        if (octet == 'u') {
            unicode = 0;
            unicodeDigits = 0;
            state = State.UNICODE;
            return;
        }
        endSurrogate();
        run.add(
                switch (octet) {
                    case 'n' -> '\n';
                    case 't' -> '\t';
                    case 'r' -> '\r';
                    case 'b' -> '\b';
                    case 'f' -> '\f';
                    default -> octet;
                });
        state = State.STRING;
    }

    private void unicode(byte octet) {
        int digit = Character.digit(octet, 16);
        if (digit < 0) {
            state = State.STRING;
            string(octet);
            return;
        }
        unicode = unicode * 16 + digit;
        if (++unicodeDigits < 4) {
            return;
        }
        state = State.STRING;
        if (Character.isHighSurrogate((char) unicode)) {
            endSurrogate();
            highSurrogate = unicode;
        } else if (highSurrogate != 0 && Character.isLowSurrogate((char) unicode)) {
            run.addCodePoint(Character.toCodePoint((char) highSurrogate, (char) unicode));
            highSurrogate = 0;
        } else {
            endSurrogate();
            run.addCodePoint(unicode);
        }
    }

    private void endSurrogate() {
        if (highSurrogate != 0) {
            highSurrogate = 0;
            run.add('?');
        }
    }

    private static boolean isBare(byte octet) {
        return (octet >= '0' && octet <= '9')
                || (octet >= 'a' && octet <= 'z')
                || (octet >= 'A' && octet <= 'Z')
                || octet == '-'
                || octet == '+'
                || octet == '.'
                || octet == '_';
    }
}
