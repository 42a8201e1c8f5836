package dev.headroom.core.sql;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The words that decide how a statement is read and written; all other words are taken for names. */
enum Keyword {
    SELECT,
    FROM,
    WHERE,
    AND,
    OR,
    NOT,
    IN,
    IS,
    NULL,
    TRUE,
    FALSE,
    AS,
    ON,
    JOIN,
    LEFT,
    RIGHT,
    FULL,
    INNER,
    OUTER,
    CROSS,
    NATURAL,
    LATERAL,
    ORDER,
    GROUP,
    BY,
    HAVING,
    LIMIT,
    OFFSET,
    FETCH,
    FOR,
    UPDATE,
    INSERT,
    INTO,
    VALUES,
    SET,
    DELETE,
    USING,
    RETURNING,
    UNION,
    ALL,
    INTERSECT,
    EXCEPT,
    DISTINCT,
    CASE,
    WHEN,
    THEN,
    ELSE,
    END,
    WITH,
    RECURSIVE,
    EXISTS,
    BETWEEN,
    LIKE,
    ILIKE,
    ASC,
    DESC,
    ANY,
    SOME,
    ARRAY,
    DEFAULT,
    CONFLICT,
    DO,
    MERGE,
    ONLY,
    WINDOW,
    TABLE,
    CREATE,
    ALTER,
    DROP,
    TRUNCATE,
    BEGIN,
    COMMIT,
    ROLLBACK,
    SAVEPOINT,
    DEALLOCATE,
    DECLARE,
    COPY,
    EXPLAIN,
    ABORT(true),
    ATOMIC(true),
    CALL(true),
    CHAIN(true),
    CLOSE(true),
    DISCARD(true),
    EXECUTE(true),
    KEY(true),
    LISTEN(true),
    MATERIALIZED(true),
    MOVE(true),
    PREPARE(true),
    RELEASE(true),
    RESET(true),
    SHOW(true),
    START(true),
    TRANSACTION(true),
    UNLISTEN(true),
    WORK(true);

    private static final int SLOTS = 512;
    private static final @Nullable Keyword[] BY_SLOT = new @Nullable Keyword[SLOTS];

    static {
        for (Keyword keyword : values()) {
            int slot = slot(keyword.upper, 0, keyword.upper.length);
            while (BY_SLOT[slot] != null) {
                slot = slot + 1 & SLOTS - 1;
            }
            BY_SLOT[slot] = keyword;
        }
    }

    /** The word in capitals. */
    final byte[] upper = name().getBytes(StandardCharsets.US_ASCII);

    /** Whether it often is a column's name, so that only a statement's first word is written in capitals. */
    final boolean quiet;

    Keyword() {
        this(false);
    }

    Keyword(boolean quiet) {
        this.quiet = quiet;
    }

    /** The keyword that these bytes spell in any case; null where they spell none. */
    static @Nullable Keyword of(byte[] text, int start, int end) {
        int length = end - start;
        if (length < 2 || length > 12) {
            return null;
        }
        for (int slot = slot(text, start, length); ; slot = slot + 1 & SLOTS - 1) {
            Keyword keyword = BY_SLOT[slot];
            if (keyword == null || keyword.spells(text, start, length)) {
                return keyword;
            }
        }
    }

    private boolean spells(byte[] text, int start, int length) {
        if (upper.length != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            // Clearing this bit turns a lower-case letter into its capital; nothing else in a word becomes a letter.
            if ((text[start + i] & 0xDF) != upper[i]) {
                return false;
            }
        }
        return true;
    }

    private static int slot(byte[] text, int start, int length) {
        int first = text[start] & 0xDF;
        int second = text[start + 1] & 0xDF;
        int last = text[start + length - 1] & 0xDF;
        return (first * 31 + second * 7 + last * 131 + length * 61) & SLOTS - 1;
    }
}
