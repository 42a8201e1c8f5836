package dev.headroom.proxy.postgres.capture;

import dev.headroom.core.digest.ValueReader;
import dev.headroom.core.trace.Digests;
import dev.headroom.proxy.postgres.message.BigEndian;
import dev.headroom.proxy.postgres.message.NotPostgresException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads DataRow messages as they come, of any length: holds at most the first {@link ValueReader#LONGEST} bytes of one
 * value that came in pieces.
 */
final class RowReader {
    private static final int MOST_COLUMNS = 1_664; // MaxTupleAttributeNumber, access/htup_details.h
    private static final byte[] EMPTY = {};

    private final Recorder recorder;
    private final ValueReader values;
    private ColumnCapture columns = new ColumnCapture();
    private @Nullable Execution execution;
    private boolean counted;
    private int column;
    private int columnsLeft;
    private int valueLength;
    private int valueMissing;
    private int head;
    private int headLength;
    private byte @Nullable [] kept;
    private int keptLength;

    RowReader(Recorder recorder) {
        this.recorder = recorder;
        this.values = recorder.values();
    }

    /** A row of that execution's result begins. */
    void begin(Execution of) {
        execution = of;
        counted = false;
        column = 0;
        columnsLeft = 0;
        valueMissing = 0;
        head = 0;
        headLength = 0;
    }

    void piece(byte[] bytes, int offset, int length) {
        int position = offset;
        int end = offset + length;
        while (position < end) {
            if (valueMissing > 0) {
                int count = Math.min(valueMissing, end - position);
                value(bytes, position, count);
                position += count;
            } else if (counted && columnsLeft == 0) {
                return;
            } else if (headLength == 0 && counted && end - position >= 4) {
                length(BigEndian.int4(bytes, position));
                position += 4;
            } else {
                head = (head << 8) | (bytes[position++] & 0xFF);
                headLength++;
                if (!counted && headLength == 2) {
                    begin(head);
                    clearHead();
                } else if (headLength == 4) {
                    int whole = head;
                    clearHead();
                    length(whole);
                }
            }
        }
    }

    /** The row ends. */
    void end() {
        if (!counted || columnsLeft > 0) {
            throw new NotPostgresException("a row that ends before its last value");
        }
        columns.endRow(column);
        kept = null;
        execution = null;
    }

    private void begin(int count) {
        counted = true;
        columnsLeft = count;
        Execution of = execution;
        if (of != null) {
            ColumnCapture into = of.columns;
            if (into == null) {
                ResultShape shape = of.result();
                into = recorder.columns(shape != null ? shape : ResultShape.undescribed(Math.min(count, MOST_COLUMNS)));
                of.columns = into;
            }
            columns = into;
        }
    }

    private void clearHead() {
        head = 0;
        headLength = 0;
    }

    private void length(int length) {
        if (length > 0) {
            valueLength = length;
            valueMissing = length;
            keptLength = 0;
        } else if (length == 0) {
            columns.add(column, 0, columns.digesting() ? digest(EMPTY, 0, 0, 0) : Digests.NULL_VALUE);
            next();
        } else if (length == -1) {
            columns.addNull(column);
            next();
        } else {
            throw new NotPostgresException("a value of length " + length);
        }
    }

    private void value(byte[] bytes, int position, int count) {
        boolean whole = count == valueLength;
        valueMissing -= count;
        if (!columns.digesting()) {
            if (valueMissing == 0) {
                columns.add(column, valueLength, Digests.NULL_VALUE);
                next();
            }
            return;
        }
        if (!whole) {
            keep(bytes, position, count);
        }
        if (valueMissing == 0) {
            byte[] from = whole || kept == null ? bytes : kept;
            int offset = whole ? position : 0;
            int length = whole ? count : keptLength;
            ColumnWords words = columns.words(column);
            if (words != null) {
                words.add(values.words(), from, offset, length);
            }
            columns.add(column, valueLength, digest(from, offset, length, valueLength));
            next();
        }
    }

    private void next() {
        column++;
        columnsLeft--;
    }

    private void keep(byte[] bytes, int position, int count) {
        byte[] target = kept;
        int fits = Math.min(count, ValueReader.LONGEST - keptLength);
        if (target == null || target.length < keptLength + fits) {
            int size = Math.min(ValueReader.LONGEST, Math.max(valueLength, keptLength + fits));
            target = target == null ? new byte[size] : Arrays.copyOf(target, size);
            kept = target;
        }
        System.arraycopy(bytes, position, target, keptLength, fits);
        keptLength += fits;
    }

    private long digest(byte[] bytes, int offset, int length, int total) {
        ResultShape shape = columns.shape();
        Execution of = execution;
        if (of == null || column >= shape.size()) {
            return Digests.NULL_VALUE;
        }
        if (length < total) {
            return values.cut(bytes, offset, length, total);
        }
        return of.format(shape, column) == ResultFormats.Format.BINARY
                ? values.binary(shape.type(column), bytes, offset, length)
                : values.text(shape.type(column), bytes, offset, length);
    }
}
