package dev.headroom.core.sql;

import dev.headroom.core.digest.ValueDigester;
import dev.headroom.core.trace.StatementKind;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes one statement's normalised text: literals and parameters become {@code ?}, lists of values of any length
 * become one form, comments go, white space and the case of what is not quoted become one. For one thread.
 */
final class Normaliser {
    private static final byte[] SET_CONFIG = "SELECT set_config(".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PG_SET_CONFIG = "SELECT pg_catalog.set_config(".getBytes(StandardCharsets.US_ASCII);

    final ShapeText text = new ShapeText();
    final TableNames tables = new TableNames();
    final Literals literals;
    private LiteralSpans spans = new LiteralSpans();
    private LiteralSpans otherSpans = new LiteralSpans();

    private final Lexer lexer = new Lexer();
    private final Groups groups = new Groups(text, tables);
    private byte[] source = new byte[0];
    private Token previous = Token.SEMICOLON;
    private @Nullable Keyword keyword;
    private @Nullable Keyword firstKeyword;
    private StatementKind kind = StatementKind.CONTROL;
    private int words;
    private int lastStart;
    private int bodyDepth;
    private boolean atomicBody;
    private @Nullable String traceId;

    Normaliser(@Nullable ValueDigester digester) {
        literals = new Literals(digester);
    }

    void open(byte[] utf8, int offset, int length) {
        source = utf8;
        lexer.reset(utf8, offset, length);
    }

    void release() {
        source = new byte[0];
        lexer.release();
    }

    @Nullable
    String traceId() {
        return traceId;
    }

    /** Where the literals of the statement lie; the caller's until it asks again. */
    LiteralSpans takeSpans() {
        LiteralSpans taken = spans;
        spans = otherSpans;
        otherSpans = taken;
        return taken;
    }

    StatementKind kind() {
        return kind;
    }

    /** Reads on to the next semicolon outside parentheses; false at the end of the text. */
    boolean next() {
        reset();
        while (true) {
            Token token = lexer.next(previous.endsOperand() && keyword == null);
            if (token == Token.END || token == Token.SEMICOLON && !insideBody()) {
                finish();
                return token == Token.SEMICOLON;
            }
            accept(token);
            previous = token;
        }
    }

    private void reset() {
        text.reset();
        tables.reset();
        literals.reset();
        spans.reset();
        groups.reset();
        previous = Token.SEMICOLON;
        keyword = null;
        firstKeyword = null;
        kind = StatementKind.CONTROL;
        words = 0;
        lastStart = 0;
        bodyDepth = 0;
        atomicBody = false;
        traceId = null;
    }

    private boolean insideBody() {
        return groups.depth() > 0 || bodyDepth > 0;
    }

    private void finish() {
        groups.endRows();
        String found = lexer.takeTraceId();
        if (found != null) {
            traceId = found;
        }
        if (words == 0 && text.length() > 0) {
            kind = StatementKind.OTHER;
        }
        if (kind == StatementKind.CONTROL
                && namesThrowaway()
                && words > 1
                && previous.endsOperand()
                && keyword == null) {
            // Names of savepoints and cursors are made up anew each time.
            text.cutTo(lastStart);
            text.add('?');
        }
        if (kind == StatementKind.SELECT && (text.startsWith(SET_CONFIG) || text.startsWith(PG_SET_CONFIG))) {
            kind = StatementKind.CONTROL;
        }
    }

    private boolean namesThrowaway() {
        if (firstKeyword == null) {
            return false;
        }
        return switch (firstKeyword) {
            case SAVEPOINT, RELEASE, ROLLBACK, CLOSE, DEALLOCATE, FETCH, MOVE -> true;
            default -> false;
        };
    }

    private void accept(Token token) {
        Keyword before = keyword;
        if (token == Token.WORD || token == Token.QUOTED) {
            groups.endRows();
        }
        keyword = token == Token.WORD && previous != Token.DOT ? Keyword.of(source, lexer.start, lexer.end) : null;
        if (keyword != null && keyword.quiet && words > 0 && groups.expectsTable()) {
            keyword = null;
        }
        switch (token) {
            case COMMA -> {
                groups.comma();
                text.add(',');
            }
            case CLOSE, CLOSE_BRACKET -> {
                groups.close();
                text.add(token == Token.CLOSE ? ')' : ']');
            }
            case OPEN, OPEN_BRACKET -> {
                space(token, before);
                groups.open(token, before);
                text.add(token == Token.OPEN ? '(' : '[');
            }
            case DOT -> text.add('.');
            case CAST -> text.add(source, lexer.start, lexer.end);
            case WORD -> word(before);
            case QUOTED -> name(before);
            default -> value(token, before);
        }
    }

    private void value(Token token, @Nullable Keyword before) {
        space(token, before);
        groups.other(text.length());
        switch (token) {
            case STRING -> string();
            case NUMBER -> {
                spans.number(source, lexer.start, lexer.end, literals.next());
                literals.addNumber(source, lexer.start, lexer.end);
            }
            case PARAMETER -> literals.addParameter(parameterNumber());
            default -> {}
        }
        if (token == Token.OPERATOR || token == Token.SEMICOLON) {
            text.add(source, lexer.start, lexer.end);
        } else {
            text.add('?');
        }
    }

    private void string() {
        int type = lexer.castOid();
        spans.string(source, lexer.start, lexer.end, lexer.form, type, literals.next());
        literals.addString(source, lexer.bodyStart, lexer.bodyEnd, lexer.form, lexer.escape, type);
    }

    private int parameterNumber() {
        int number = 0;
        for (int i = lexer.start + 1; i < lexer.end && number < 100_000; i++) {
            number = number * 10 + source[i] - '0';
        }
        return number;
    }

    private void word(@Nullable Keyword before) {
        if (keyword == null) {
            name(before);
            return;
        }
        space(Token.WORD, before);
        lastStart = text.length();
        if (isValue(keyword, before)) {
            groups.other(text.length());
            if (keyword == Keyword.NULL) {
                literals.addNull();
            } else {
                literals.addBoolean(keyword == Keyword.TRUE);
            }
            text.add('?');
            keyword = null;
            return;
        }
        groups.keyword(keyword, before, previous == Token.SEMICOLON || previous == Token.OPEN, lastStart);
        if (keyword.quiet && words > 0) {
            text.addFolded(source, lexer.start, lexer.end);
        } else {
            text.add(keyword.upper, 0, keyword.upper.length);
        }
        statement(keyword, before);
        words++;
    }

    private static boolean isValue(Keyword keyword, @Nullable Keyword before) {
        return (keyword == Keyword.NULL || keyword == Keyword.TRUE || keyword == Keyword.FALSE)
                && before != Keyword.IS
                && before != Keyword.NOT;
    }

    private void name(@Nullable Keyword before) {
        space(Token.WORD, before);
        lastStart = text.length();
        if (firstKeyword == Keyword.DECLARE && words == 1) {
            text.add('?');
        } else {
            addName();
        }
        groups.name(lastStart, text.length(), previous == Token.DOT);
        if (words == 0) {
            kind = StatementKind.OTHER;
        }
        words++;
    }

    private void addName() {
        if (source[lexer.start] == '"' || source[lexer.end - 1] == '"') {
            text.add(source, lexer.start, lexer.end);
        } else {
            text.addFolded(source, lexer.start, lexer.end);
        }
    }

    /** One space between two tokens, but for brackets, dots, casts and calls. */
    private void space(Token token, @Nullable Keyword before) {
        boolean none = switch (previous) {
            case SEMICOLON, OPEN, OPEN_BRACKET, DOT, CAST -> true;
            case WORD, QUOTED -> token == Token.OPEN_BRACKET || token == Token.OPEN && before == null && !lexer.spaced;
            case CLOSE, CLOSE_BRACKET, STRING, NUMBER, PARAMETER -> token == Token.OPEN_BRACKET;
            default -> false;
        };
        if (!none && text.length() > 0) {
            text.add(' ');
        }
    }

    /** What the statement does, told by the first verb outside the parentheses of common table expressions. */
    private void statement(Keyword word, @Nullable Keyword before) {
        if (words == 0) {
            firstKeyword = word;
            kind = kindOf(word);
        } else if (firstKeyword == Keyword.WITH || firstKeyword == Keyword.DECLARE) {
            boolean verb = word == Keyword.INSERT
                    || word == Keyword.DELETE
                    || word == Keyword.MERGE
                    || word == Keyword.UPDATE && Groups.atVerb(before);
            if (verb && !kind.writes()) {
                kind = kindOf(word);
            }
        } else if (firstKeyword == Keyword.CREATE) {
            body(word);
        }
    }

    /** {@code CREATE FUNCTION … BEGIN ATOMIC …; END} has semicolons of its own. */
    private void body(Keyword word) {
        if (word == Keyword.ATOMIC) {
            atomicBody = true;
            bodyDepth = 1;
        } else if (atomicBody && word == Keyword.CASE) {
            bodyDepth++;
        } else if (atomicBody && word == Keyword.END && bodyDepth > 0) {
            bodyDepth--;
        }
    }

    private static StatementKind kindOf(Keyword word) {
        return switch (word) {
            case SELECT, WITH, TABLE, VALUES, DECLARE -> StatementKind.SELECT;
            case INSERT -> StatementKind.INSERT;
            case UPDATE, MERGE -> StatementKind.UPDATE;
            case DELETE, TRUNCATE -> StatementKind.DELETE;
            case COPY -> StatementKind.COPY;
            case BEGIN,
                    START,
                    COMMIT,
                    END,
                    ROLLBACK,
                    ABORT,
                    SAVEPOINT,
                    RELEASE,
                    SET,
                    RESET,
                    SHOW,
                    DISCARD,
                    DEALLOCATE,
                    PREPARE,
                    LISTEN,
                    UNLISTEN,
                    FETCH,
                    MOVE,
                    CLOSE -> StatementKind.CONTROL;
            default -> StatementKind.OTHER;
        };
    }
}
