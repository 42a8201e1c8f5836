package dev.headroom.core.sql;

/** How a string literal is written (PostgreSQL's manual, 4.1.2). */
enum StringForm {
    /** {@code 'a''b'}. */
    PLAIN,
    /** {@code E'a\'b'}. */
    ESCAPED,
    /** {@code U&'d\0061t'}. */
    UNICODE,
    /** {@code B'01'} and {@code X'1F'}. */
    BITS,
    /** {@code $tag$a'b$tag$}. */
    DOLLAR
}
