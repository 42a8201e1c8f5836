package dev.headroom.core.sql;

/** What the lexer tells apart. */
enum Token {
    END,
    SEMICOLON,
    /** A keyword or an unquoted identifier. */
    WORD,
    /** A quoted identifier, quotes included. */
    QUOTED,
    STRING,
    NUMBER,
    /** {@code $1}, or JDBC's question mark. */
    PARAMETER,
    OPEN,
    CLOSE,
    OPEN_BRACKET,
    CLOSE_BRACKET,
    COMMA,
    DOT,
    /** The two colons of a cast. */
    CAST,
    OPERATOR;

    /** Whether a minus sign after this token subtracts, rather than being part of a number. */
    boolean endsOperand() {
        return switch (this) {
            case WORD, QUOTED, STRING, NUMBER, PARAMETER, CLOSE, CLOSE_BRACKET -> true;
            default -> false;
        };
    }
}
