package dev.headroom.core.trace;

/** What a statement does, as far as its first words tell. */
public enum StatementKind {
    SELECT,
    INSERT,
    UPDATE,
    DELETE,
    COPY,
    /** BEGIN, COMMIT, ROLLBACK, SAVEPOINT, SET, SHOW, DISCARD, DEALLOCATE, LISTEN and the like: counted apart. */
    CONTROL,
    /** DDL, CALL, EXPLAIN and all else. */
    OTHER;

    /** Whether the statement may change rows. */
    public boolean writes() {
        return this == INSERT || this == UPDATE || this == DELETE || this == COPY;
    }
}
