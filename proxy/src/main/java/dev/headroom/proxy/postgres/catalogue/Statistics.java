package dev.headroom.proxy.postgres.catalogue;

import dev.headroom.core.trace.DatabaseFacts;
import dev.headroom.proxy.net.Background;
import dev.headroom.proxy.net.EventLoop;
import dev.headroom.proxy.postgres.tls.Target;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one database knows of its tables: asked for soon after the app's first connection, and now and then after that,
 * since an app may fill its tables while it is watched. Where it may not ask, it gives up. On the loop's thread only.
 */
final class Statistics {
    private static final long FIRST = TimeUnit.SECONDS.toNanos(2);
    private static final long AGAIN = TimeUnit.SECONDS.toNanos(30);
    private static final int MOST_FAILURES = 3;

    private final EventLoop events;
    private final Target target;
    private final String user;
    private final String database;
    private final Consumer<DatabaseFacts> told;
    private @Nullable DatabaseFacts last;
    private boolean started;
    private int failures;

    Statistics(EventLoop events, Target target, String user, String database, Consumer<DatabaseFacts> told) {
        this.events = events;
        this.target = target;
        this.user = user;
        this.database = database;
        this.told = told;
    }

    /** The app uses this database; only the first call counts. */
    void wanted() {
        if (!started) {
            started = true;
            events.schedule(FIRST, this::ask);
        }
    }

    private void ask() {
        Background.run(() -> {
            DatabaseFacts facts;
            try {
                facts = StatisticsQuery.run(target, user, database);
            } catch (IOException | RuntimeException e) {
                events.execute(this::failed);
                return;
            }
            events.execute(() -> answered(facts));
        });
    }

    private void answered(DatabaseFacts facts) {
        if (!facts.equals(last)) {
            last = facts;
            told.accept(facts);
        }
        events.schedule(AGAIN, this::ask);
    }

    private void failed() {
        failures++;
        if (failures < MOST_FAILURES) {
            events.schedule(AGAIN, this::ask);
        }
    }
}
