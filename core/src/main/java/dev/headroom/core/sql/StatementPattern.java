package dev.headroom.core.sql;

import dev.headroom.core.digest.ValueReader;
import dev.headroom.core.trace.Digests;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text of one statement that was lexed, taken apart at its literals: a text of the same bytes around literals of the
 * same form is the same statement but for their digests, and is read without lexing.
 *
 * <p>Why that is the same: what the lexer makes of a byte depends on what it has read, and on the next bytes, of which
 * it tells no digit from another digit and looks into no string. A number is followed by neither a digit, a letter nor a
 * dot, and a string not by a quote, or it would have gone on; so the literal of the other text ends where the bytes
 * around it go on, too. Immutable.
 */
final class StatementPattern {
    private final byte[] around;
    private final int[] pieceEnds;
    private final int[] types;
    private final int[] places;
    private final Statement statement;

    /** Takes {@code text} apart, of which {@code statement} was read. */
    StatementPattern(byte[] text, int offset, int length, LiteralSpans literals, Statement statement) {
        int count = literals.count();
        byte[] pieces = new byte[length];
        pieceEnds = new int[count + 1];
        int from = offset;
        int used = 0;
        for (int i = 0; i <= count; i++) {
            int to = i == count ? offset + length : literals.starts[i];
            System.arraycopy(text, from, pieces, used, to - from);
            used += to - from;
            pieceEnds[i] = used;
            from = i == count ? to : literals.ends[i];
        }
        around = Arrays.copyOf(pieces, used);
        types = Arrays.copyOf(literals.types, count);
        places = Arrays.copyOf(literals.places, count);
        this.statement = statement;
    }

    /** How many bytes it keeps. */
    int size() {
        return around.length;
    }

    /**
     * Reads a text that is the same around its literals.
     *
     * @param bounds to work in: room for two numbers a literal
     * @return what lexing would give; null where the text is another one, or that isn't certain
     */
    @Nullable
    List<Statement> read(byte[] text, int offset, int length, ValueReader values, int[] bounds) {
        int end = offset + length;
        int position = offset;
        int from = 0;
        for (int i = 0; i < pieceEnds.length; i++) {
            int to = pieceEnds[i];
            int behind = position + to - from;
            if (behind > end || !Arrays.equals(text, position, behind, around, from, to)) {
                return null;
            }
            position = behind;
            from = to;
            if (i < types.length) {
                bounds[2 * i] = position;
                position = behindLiteral(text, position, end, types[i]);
                if (position < 0) {
                    return null;
                }
                bounds[2 * i + 1] = position;
            }
        }
        return position == end ? List.of(other(text, values, bounds)) : null;
    }

    /** Where the literal that begins at {@code start} ends; -1 where none of that form does. */
    private static int behindLiteral(byte[] text, int start, int end, int type) {
        if (start >= end) {
            return -1;
        }
        if (type != LiteralSpans.NUMBER) {
            int quote = text[start] == '\'' ? LiteralSpans.closingQuote(text, start, end) : -1;
            return quote < 0 || quote + 1 < end && text[quote + 1] == '\'' ? -1 : quote + 1;
        }
        if (!LiteralSpans.isDigit(text[start])) {
            return -1;
        }
        int position = start + 1;
        while (position < end && LiteralSpans.isDecimal(text[position])) {
            position++;
        }
        return position;
    }

    private Statement other(byte[] text, ValueReader values, int[] bounds) {
        long[] read = statement.literals().toArray();
        for (int i = 0; i < types.length; i++) {
            int start = bounds[2 * i];
            int end = bounds[2 * i + 1];
            read[places[i]] = types[i] == LiteralSpans.NUMBER
                    ? values.number(text, start, end - start)
                    : values.text(types[i], text, start + 1, end - start - 2);
        }
        return statement.withLiterals(Digests.owning(read));
    }
}
