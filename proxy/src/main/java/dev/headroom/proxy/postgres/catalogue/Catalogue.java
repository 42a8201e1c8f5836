package dev.headroom.proxy.postgres.catalogue;

import dev.headroom.proxy.net.Background;
import dev.headroom.proxy.net.EventLoop;
import dev.headroom.proxy.postgres.capture.ColumnNames;
import dev.headroom.proxy.postgres.tls.Target;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The names in one database's catalogue. Asks for all of them, up to a bound, on a connection of its own when the app's
 * first one is ready, and later for tables that came since; meanwhile it answers that it doesn't know. Where it may not
 * ask, it gives up. Names are looked up on any thread and without a lock; all else happens on one loop.
 */
final class Catalogue implements ColumnNames {
    /** OIDs below are the server's own (access/transam.h, FirstNormalObjectId). */
    private static final int FIRST_USER_OID = 16_384;

    private static final int MOST_NAMES = 50_000;
    private static final int MOST_FAILURES = 3;
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(200);

    private final EventLoop events;
    private final Target target;
    private final String user;
    private final String database;
    private final @Nullable Statistics statistics;
    private final NamesByNumber names = new NamesByNumber();
    private final Set<Integer> missing = ConcurrentHashMap.newKeySet();
    private final Set<Integer> absent = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean asked = new AtomicBoolean();
    private boolean asking;
    private int failures;

    Catalogue(EventLoop events, Target target, String user, String database, @Nullable Statistics statistics) {
        this.statistics = statistics;
        this.events = events;
        this.target = target;
        this.user = user;
        this.database = database;
    }

    @Override
    public void wanted() {
        if (!asked.getAndSet(true)) {
            events.execute(() -> {
                if (statistics != null) {
                    statistics.wanted();
                }
                ask(List.of());
            });
        }
    }

    @Override
    public @Nullable Name name(int tableOid, int number) {
        if (number <= 0 || tableOid < FIRST_USER_OID) {
            return null;
        }
        Name name = names.get(tableOid, number);
        if (name == null && !absent.contains(tableOid) && names.size() < MOST_NAMES && missing.add(tableOid)) {
            events.execute(this::askForMissing);
        }
        return name;
    }

    private void askForMissing() {
        if (asked.get() && !asking && failures < MOST_FAILURES && !missing.isEmpty()) {
            asking = true;
            events.schedule(PAUSE, () -> ask(List.copyOf(missing)));
        }
    }

    private void ask(List<Integer> tables) {
        asking = true;
        Background.run(() -> {
            List<CatalogueQuery.Row> found;
            try {
                found = CatalogueQuery.run(target, user, database, tables);
            } catch (IOException | RuntimeException e) {
                events.execute(this::failed);
                return;
            }
            events.execute(() -> answered(tables, found));
        });
    }

    private void answered(List<Integer> tables, List<CatalogueQuery.Row> found) {
        asking = false;
        for (CatalogueQuery.Row row : found) {
            names.put(row.table(), row.number(), row.name());
            missing.remove(row.table());
        }
        for (Integer table : tables) {
            if (missing.remove(table) && absent.size() < MOST_NAMES) {
                absent.add(table);
            }
        }
        askForMissing();
    }

    private void failed() {
        asking = false;
        failures++;
        missing.clear();
    }
}
