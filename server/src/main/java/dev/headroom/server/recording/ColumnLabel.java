package dev.headroom.server.recording;

import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.ResultColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What two results of one shape share of a column: its names and numbers without its values. */
record ColumnLabel(
        String name, @Nullable String table, @Nullable String column, int tableOid, int columnNumber, int typeOid) {

    static List<ColumnLabel> of(List<ResultColumn> columns) {
        List<ColumnLabel> labels = new ArrayList<>(columns.size());
        for (ResultColumn each : columns) {
            labels.add(new ColumnLabel(
                    each.name(), each.table(), each.column(), each.tableOid(), each.columnNumber(), each.typeOid()));
        }
        return labels;
    }

    /** Whether two results have the same labels. */
    static boolean alike(List<ResultColumn> columns, List<ResultColumn> others) {
        if (columns.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < columns.size(); i++) {
            ResultColumn one = columns.get(i);
            ResultColumn other = others.get(i);
            boolean same = one.tableOid() == other.tableOid()
                    && one.columnNumber() == other.columnNumber()
                    && one.typeOid() == other.typeOid()
                    && one.name().equals(other.name())
                    && Objects.equals(one.table(), other.table())
                    && Objects.equals(one.column(), other.column());
            if (!same) {
                return false;
            }
        }
        return true;
    }

    ResultColumn with(long bytes, long nulls, Digests values, Digests words) {
        return new ResultColumn(name, table, column, tableOid, columnNumber, typeOid, bytes, nulls, values, words);
    }

    void write(BinaryOutput out) {
        out.text(name);
        out.text(table);
        out.text(column);
        out.signed(tableOid);
        out.signed(columnNumber);
        out.signed(typeOid);
    }

    static ColumnLabel read(BinaryInput in) {
        return new ColumnLabel(in.text(), in.textOrNull(), in.textOrNull(), in.number(), in.number(), in.number());
    }
}
