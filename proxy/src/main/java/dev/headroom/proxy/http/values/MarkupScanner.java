package dev.headroom.proxy.http.values;

/**
 * Finds the values in HTML and XML: the text between tags with white space collapsed, the values of attributes, and what
 * scripts hold as JSON. Takes whatever comes without judging whether it is valid.
 */
final class MarkupScanner implements ValueScanner {
    private static final int LONGEST_ENTITY = 10;
    private static final int LONGEST_NAME = 8;

    private enum State {
        TEXT,
        TAG,
        QUOTED,
        ENTITY,
        SCRIPT,
        SCRIPT_END
    }

    private final ShownValues values;
    private final Run run;
    private final JsonScanner script;
    private final StringBuilder tag = new StringBuilder();
    private final StringBuilder entity = new StringBuilder();
    private State state = State.TEXT;
    private State outside = State.TEXT;
    private byte quote;
    private boolean nameEnded;

    MarkupScanner(ShownValues values, Run run) {
        this.values = values;
        this.run = run;
        script = new JsonScanner(values, run);
    }

    @Override
    public void read(byte[] text, int from, int end) {
        for (int i = from; i < end; i++) {
            octet(text[i]);
        }
    }

    @Override
    public void end() {
        if (state == State.ENTITY) {
            endEntity(false);
        }
        endRun();
    }

    private void octet(byte octet) {
        switch (state) {
            case TEXT -> {
                if (octet == '<') {
                    endRun();
                    openTag();
                } else {
                    content(octet);
                }
            }
            case TAG -> tag(octet);
            case QUOTED -> {
                if (octet == quote) {
                    endRun();
                    state = State.TAG;
                } else {
                    content(octet);
                }
            }
            case ENTITY -> entity(octet);
            case SCRIPT -> {
                if (octet == '<') {
                    state = State.SCRIPT_END;
                } else {
                    script.octet(octet);
                }
            }
            case SCRIPT_END -> {
                if (octet == '/') {
                    script.end();
                    openTag();
                    tag.append('/');
                } else {
                    script.octet((byte) '<');
                    state = State.SCRIPT;
                    octet(octet);
                }
            }
        }
    }

    private void content(byte octet) {
        switch (octet) {
            case '&' -> {
                outside = state;
                entity.setLength(0);
                state = State.ENTITY;
            }
            case ' ', '\n', '\r', '\t' -> run.addBlank();
            default -> run.add(octet);
        }
    }

    private void tag(byte octet) {
        if (octet == '>') {
            state = isScript() ? State.SCRIPT : State.TEXT;
        } else if (octet == '"' || octet == '\'') {
            nameEnded = true;
            quote = octet;
            state = State.QUOTED;
        } else if (octet == ' ' || octet == '\n' || octet == '\t' || octet == '\r') {
            nameEnded = true;
        } else if (!nameEnded && tag.length() < LONGEST_NAME) {
            tag.append((char) octet);
        }
    }

    private boolean isScript() {
        return tag.length() == 6 && tag.toString().equalsIgnoreCase("script");
    }

    private void openTag() {
        tag.setLength(0);
        nameEnded = false;
        state = State.TAG;
    }

    private void entity(byte octet) {
        boolean part = octet == '#' || (octet >= '0' && octet <= '9') || Character.isLetter(octet);
        if (part && entity.length() < LONGEST_ENTITY) {
            entity.append((char) octet);
        } else {
            endEntity(octet == ';');
            if (octet != ';') {
                octet(octet);
            }
        }
    }

    private void endEntity(boolean closed) {
        state = outside;
        int codePoint = closed ? Entities.codePoint(entity) : -1;
        if (codePoint == ' ' || codePoint == 0xa0) {
            run.addBlank();
        } else if (codePoint >= 0) {
            run.addCodePoint(codePoint);
        } else {
            run.add('&');
            for (int i = 0; i < entity.length(); i++) {
                run.add(entity.charAt(i));
            }
            if (closed) {
                run.add(';');
            }
        }
    }

    private void endRun() {
        run.trim();
        values.run(run);
        run.clear();
    }
}
