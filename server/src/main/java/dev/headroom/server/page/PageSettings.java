package dev.headroom.server.page;

import dev.headroom.core.check.CheckContext;
import dev.headroom.core.check.Silence;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the page is served and what its reports consider.
 *
 * @param host the address to listen at, by default 127.0.0.1; beyond loopback the page asks for its token
 * @param port the port; 0 for any
 * @param otherPortIfTaken whether any free port will do when {@code port} is in use
 * @param context what checks may know
 * @param silences the user's silences, asked anew for every report
 * @param plans tells the plans of statements; null where the database of the run is not at hand
 * @param project the folder of the project whose source lines may be shown; null for the one that a recording lies in,
 *     as {@code .headroom/…}. Shown on loopback only
 * @param sources whether source lines are shown at all
 */
public record PageSettings(
        String host,
        int port,
        boolean otherPortIfTaken,
        CheckContext context,
        Supplier<List<Silence>> silences,
        @Nullable QueryPlans plans,
        @Nullable Path project,
        boolean sources) {
    /** The port of {@code headroom run}'s and {@code headroom open}'s page. */
    public static final int DEFAULT_PORT = 4777;

    public PageSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port is between 0 and 65535: " + port);
        }
    }

    /** Loopback, port 4777 or any other, no silences. */
    public static PageSettings defaults() {
        return new PageSettings("127.0.0.1", DEFAULT_PORT, true, CheckContext.DEFAULT, List::of, null, null, true);
    }

    /** The same at {@code port}, which the user asked for. */
    public PageSettings atPort(int asked) {
        return new PageSettings(host, asked, false, context, silences, plans, project, sources);
    }

    /** The same with the user's silences. */
    public PageSettings silencing(Supplier<List<Silence>> asked) {
        return new PageSettings(host, port, otherPortIfTaken, context, asked, plans, project, sources);
    }

    /** The same for those who may see neither plans nor source lines. */
    public PageSettings withoutSources() {
        return new PageSettings(host, port, otherPortIfTaken, context, silences, null, null, false);
    }

    /** The same of a run that goes on. */
    public PageSettings live(QueryPlans asked, Path folder) {
        return new PageSettings(host, port, otherPortIfTaken, context, silences, asked, folder, true);
    }

    boolean loopback() {
        try {
            return address().isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    InetAddress address() throws UnknownHostException {
        return InetAddress.getByName(host);
    }
}
