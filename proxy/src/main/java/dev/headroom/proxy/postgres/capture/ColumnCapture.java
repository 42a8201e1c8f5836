package dev.headroom.proxy.postgres.capture;

import dev.headroom.core.digest.ValueReader;
import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.ResultColumn;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds up one result column by column: bytes, NULLs, and the digests of the first rows. Used again for other results. */
final class ColumnCapture {
    /** Digests of so many rows are kept. */
    static final int MOST_ROWS = 1_000;

    /** And of so many values in all, so that a very wide result stays bounded. */
    static final int MOST_VALUES = 200_000;

    /** Words are kept of the texts of so many rows. */
    static final int WORDED_ROWS = 20;

    private static final int FIRST_ROWS = 16;

    private ResultShape shape = ResultShape.NONE;
    private int size;
    private int rows;
    private int mostRows;
    private long[] bytes = new long[0];
    private long[] nulls = new long[0];
    private long[][] digests = new long[0][];
    private ColumnWords[] words = new ColumnWords[0];

    ColumnCapture over(ResultShape result) {
        shape = result;
        size = result.size();
        rows = 0;
        mostRows = size == 0 ? 0 : Math.min(MOST_ROWS, MOST_VALUES / size);
        if (bytes.length < size) {
            bytes = new long[size];
            nulls = new long[size];
            digests = Arrays.copyOf(digests, size);
            words = Arrays.copyOf(words, size);
        }
        Arrays.fill(bytes, 0, size, 0);
        Arrays.fill(nulls, 0, size, 0);
        for (int i = 0; i < size; i++) {
            if (ValueReader.isText(result.type(i))) {
                words[i] = words[i] == null ? new ColumnWords() : words[i];
                words[i].clear();
            }
        }
        return this;
    }

    ResultShape shape() {
        return shape;
    }

    /** Whether the row under way is among those whose values are digested. */
    boolean digesting() {
        return rows < mostRows;
    }

    /** Where the words of a value of the row under way go; null where they are not wanted. */
    @Nullable
    ColumnWords words(int column) {
        return rows < WORDED_ROWS && column < size && ValueReader.isText(shape.type(column)) ? words[column] : null;
    }

    void add(int column, long length, long digest) {
        if (column < size) {
            bytes[column] += length;
            keep(column, digest);
        }
    }

    void addNull(int column) {
        if (column < size) {
            nulls[column]++;
            keep(column, Digests.NULL_VALUE);
        }
    }

    /** The row under way ends, which had so many values: what it lacks of the result's has no digest. */
    void endRow(int values) {
        for (int i = values; i < size; i++) {
            keep(i, Digests.NULL_VALUE);
        }
        if (rows < WORDED_ROWS) {
            for (int i = 0; i < size; i++) {
                if (ValueReader.isText(shape.type(i))) {
                    words[i].endRow();
                }
            }
        }
        if (rows < mostRows) {
            rows++;
        }
    }

    /** What was added up; the names are those that {@code catalogue} knows by now. */
    List<ResultColumn> columns(ColumnNames catalogue) {
        if (size == 1) {
            return List.of(column(0, catalogue));
        }
        ResultColumn[] columns = new ResultColumn[size];
        for (int i = 0; i < size; i++) {
            columns[i] = column(i, catalogue);
        }
        return List.of(columns);
    }

    private ResultColumn column(int index, ColumnNames catalogue) {
        ColumnNames.Name name = catalogue.name(shape.table(index), shape.number(index));
        return new ResultColumn(
                shape.name(index),
                name == null ? null : name.table(),
                name == null ? null : name.column(),
                shape.table(index),
                shape.number(index),
                shape.type(index),
                bytes[index],
                nulls[index],
                rows == 0 ? Digests.NONE : Digests.copyOf(digests[index], rows),
                ValueReader.isText(shape.type(index)) ? words[index].digests() : Digests.NONE);
    }

    private void keep(int column, long digest) {
        if (rows < mostRows) {
            long[] values = digests[column];
            if (values == null) {
                values = new long[FIRST_ROWS];
                digests[column] = values;
            } else if (rows >= values.length) {
                values = Arrays.copyOf(values, Math.min(MOST_ROWS, values.length * 4));
                digests[column] = values;
            }
            values[rows] = digest;
        }
    }
}
