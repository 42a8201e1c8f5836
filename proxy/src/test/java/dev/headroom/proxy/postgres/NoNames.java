package dev.headroom.proxy.postgres;

import dev.headroom.proxy.postgres.capture.ColumnNames;
import org.jspecify.annotations.Nullable;

/** A catalogue that knows nothing. */
final class NoNames implements ColumnNames {
    @Override
    public void wanted() {}

    @Override
    public @Nullable Name name(int tableOid, int number) {
        return null;
    }
}
