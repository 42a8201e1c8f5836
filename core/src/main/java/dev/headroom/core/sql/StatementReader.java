package dev.headroom.core.sql;

import dev.headroom.core.digest.ValueDigester;
import dev.headroom.core.digest.ValueReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads statements as they are sent to PostgreSQL: shape, kind, tables, digests of literals, trace id. Remembers what it
 * read, so that a text that comes again costs a hash and a compare, and one that differs in its literals alone little
 * more than their digests. Never fails, whatever the bytes are. Owned by one
 * thread; keeps a few megabytes at most.
 */
public final class StatementReader {
    private final Normaliser normaliser;
    private final StatementCache statements = new StatementCache();
    private final ShapeCache shapes = new ShapeCache();
    private final @Nullable PatternCache patterns;

    /**
     * Creates a reader.
     *
     * @param digester digests literals; without one, they are dropped
     */
    public StatementReader(@Nullable ValueDigester digester) {
        normaliser = new Normaliser(digester);
        ValueReader values = normaliser.literals.reader();
        patterns = values == null ? null : new PatternCache(values);
    }

    /** Reads the first statement of a text. An empty one counts as control. */
    public Statement read(byte[] utf8, int offset, int length) {
        return readAll(utf8, offset, length).get(0);
    }

    /**
     * Reads the start of a statement whose rest was not kept: its shape is marked as truncated. Not remembered.
     */
    public Statement readCut(byte[] utf8, int offset, int length) {
        return lex(utf8, offset, length, true).get(0);
    }

    /**
     * Reads all statements of a text, split at semicolons outside of parentheses, strings and function bodies. Empty
     * ones are left out, as PostgreSQL does, unless there is no other.
     */
    public List<Statement> readAll(byte[] utf8, int offset, int length) {
        long hash = Hash64.of(utf8, offset, length);
        List<Statement> known = statements.get(hash, utf8, offset, length);
        if (known != null) {
            return known;
        }
        known = patterns == null ? null : patterns.read(utf8, offset, length);
        if (known != null) {
            return known;
        }
        List<Statement> read = lex(utf8, offset, length, false);
        statements.put(hash, utf8, offset, length, read);
        return read;
    }

    private List<Statement> lex(byte[] utf8, int offset, int length, boolean cut) {
        normaliser.open(utf8, offset, length);
        Statement only = null;
        LiteralSpans spans = null;
        List<Statement> several = null;
        boolean more = true;
        while (more) {
            more = normaliser.next();
            if (normaliser.text.length() == 0 && (more || only != null)) {
                continue;
            }
            Statement statement = new Statement(
                    shapes.shape(normaliser.text, normaliser.kind(), normaliser.tables, cut && !more),
                    normaliser.literals.take(),
                    normaliser.traceId(),
                    normaliser.literals.takeOrder());
            if (only == null) {
                only = statement;
                spans = normaliser.takeSpans();
            } else {
                if (several == null) {
                    several = new ArrayList<>();
                    several.add(only);
                }
                several.add(statement);
            }
        }
        normaliser.release();
        if (several != null) {
            return List.copyOf(several);
        }
        if (patterns != null && spans != null && only != null && !cut) {
            patterns.lexed(utf8, offset, length, spans, only);
        }
        return List.of(Objects.requireNonNull(only));
    }
}
