package dev.headroom.core.sql;

import org.jspecify.annotations.Nullable;

/**
 * The parentheses and brackets that are open while a statement is normalised: makes lists of like elements one
 * element, and knows where a name is a table's. For one thread.
 */
final class Groups {
    private static final int MAX_DEPTH = 64;
    private static final int NONE = -1;

    private enum Kind {
        PLAIN,
        /** The elements of IN (…) or ARRAY […]. */
        LIST,
        /** The rows of VALUES. */
        ROWS
    }

    private final ShapeText text;
    private final TableNames tables;
    private final Kind[] kinds = new Kind[MAX_DEPTH];
    private final int[] elementStart = new int[MAX_DEPTH];
    private final int[] previousStart = new int[MAX_DEPTH];
    private final int[] previousEnd = new int[MAX_DEPTH];
    private final boolean[] hasVerb = new boolean[MAX_DEPTH];
    private final boolean[] inFrom = new boolean[MAX_DEPTH];
    private final boolean[] inWith = new boolean[MAX_DEPTH];
    private int depth;
    private boolean expectsTable;
    private boolean mayBeFunction;
    private boolean expectsExpressionName;

    Groups(ShapeText text, TableNames tables) {
        this.text = text;
        this.tables = tables;
    }

    void reset() {
        depth = 0;
        expectsTable = false;
        expectsExpressionName = false;
        enter(false);
    }

    int depth() {
        return depth;
    }

    boolean expectsTable() {
        return expectsTable;
    }

    /** Whether UPDATE after this word is a verb. */
    static boolean atVerb(@Nullable Keyword before) {
        return before != Keyword.FOR && before != Keyword.KEY && before != Keyword.DO && before != Keyword.ON;
    }

    /** Before a word is written: it ends the rows of VALUES. */
    void endRows() {
        int d = index();
        if (kinds[d] == Kind.ROWS) {
            endElement(d);
            kinds[d] = Kind.PLAIN;
        }
    }

    void comma() {
        int d = index();
        tables.close();
        if (kinds[d] != Kind.PLAIN) {
            endElement(d);
        }
        expectsTable = inFrom[d];
        mayBeFunction = true;
        expectsExpressionName = inWith[d];
    }

    void open(Token token, @Nullable Keyword before) {
        int d = index();
        startElement(d, text.length());
        boolean list = token == Token.OPEN ? before == Keyword.IN : before == Keyword.ARRAY || kinds[d] == Kind.LIST;
        boolean joined = expectsTable && token == Token.OPEN && before != Keyword.USING;
        if (token == Token.OPEN && mayBeFunction) {
            tables.drop();
        }
        tables.close();
        depth++;
        enter(joined);
        if (list && depth < MAX_DEPTH) {
            kinds[depth] = Kind.LIST;
        }
        expectsTable = joined;
        expectsExpressionName = false;
    }

    void close() {
        int d = index();
        tables.close();
        if (kinds[d] != Kind.PLAIN) {
            endElement(d);
        }
        depth = Math.max(0, depth - 1);
        expectsTable = false;
    }

    /** A value or operator is about to be written at {@code position}. */
    void other(int position) {
        startElement(index(), position);
        tables.close();
        expectsTable = false;
    }

    void name(int start, int end, boolean afterDot) {
        startElement(index(), start);
        if (expectsExpressionName) {
            tables.begin(start, end, true);
            tables.close();
            expectsExpressionName = false;
        } else if (expectsTable) {
            tables.begin(start, end, false);
            expectsTable = false;
        } else if (afterDot) {
            tables.extend(end);
        } else {
            tables.close();
        }
    }

    void keyword(Keyword keyword, @Nullable Keyword before, boolean first, int position) {
        int d = index();
        startElement(d, position);
        tables.close();
        switch (keyword) {
            case SELECT, DELETE, INSERT, MERGE -> verb(d);
            case UPDATE -> {
                if (atVerb(before)) {
                    verb(d);
                    expect(false);
                }
            }
            case WITH -> {
                inWith[d] = first || before == Keyword.FOR;
                expectsExpressionName = inWith[d];
            }
            case FROM -> {
                if (hasVerb[d] && before != Keyword.DISTINCT) {
                    inFrom[d] = true;
                    expect(true);
                }
            }
            case JOIN -> expect(true);
            case USING -> {
                if (hasVerb[d]) {
                    expect(true);
                }
            }
            case INTO -> expect(false);
            case TRUNCATE, COPY, TABLE -> {
                if (first || before == Keyword.TRUNCATE) {
                    expect(false);
                }
            }
            case WHERE,
                    GROUP,
                    ORDER,
                    HAVING,
                    LIMIT,
                    OFFSET,
                    FETCH,
                    FOR,
                    SET,
                    RETURNING,
                    UNION,
                    INTERSECT,
                    EXCEPT,
                    WINDOW -> {
                inFrom[d] = false;
                expectsTable = false;
            }
            case VALUES -> {
                inFrom[d] = false;
                expectsTable = false;
                kinds[d] = Kind.ROWS;
                elementStart[d] = NONE;
                previousStart[d] = NONE;
            }
            case ONLY, LATERAL, RECURSIVE -> {}
            default -> expectsTable = false;
        }
    }

    private void verb(int d) {
        hasVerb[d] = true;
        inFrom[d] = false;
        inWith[d] = false;
        expectsTable = false;
        expectsExpressionName = false;
        kinds[d] = Kind.PLAIN;
    }

    private void expect(boolean functionPossible) {
        expectsTable = true;
        mayBeFunction = functionPossible;
    }

    private int index() {
        return Math.min(depth, MAX_DEPTH - 1);
    }

    private void enter(boolean joined) {
        int d = index();
        kinds[d] = Kind.PLAIN;
        elementStart[d] = NONE;
        previousStart[d] = NONE;
        hasVerb[d] = joined;
        inFrom[d] = joined;
        inWith[d] = false;
    }

    private void startElement(int d, int position) {
        if (kinds[d] != Kind.PLAIN && elementStart[d] == NONE) {
            elementStart[d] = position;
        }
    }

    /** The element that was just written goes if it looks like the one before it. */
    private void endElement(int d) {
        int start = elementStart[d];
        int end = text.length();
        elementStart[d] = NONE;
        if (start == NONE || start > end) {
            return;
        }
        if (previousStart[d] != NONE && text.same(previousStart[d], previousEnd[d], start, end)) {
            text.cutTo(previousEnd[d]);
            tables.cutTo(previousEnd[d]);
        } else {
            previousStart[d] = start;
            previousEnd[d] = end;
        }
    }
}
