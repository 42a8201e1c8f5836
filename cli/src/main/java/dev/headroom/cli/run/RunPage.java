package dev.headroom.cli.run;

import dev.headroom.cli.config.HeadroomToml;
import dev.headroom.core.HeadroomException;
import dev.headroom.proxy.http.PagePath;
import dev.headroom.server.page.PageServer;
import dev.headroom.server.page.PageSettings;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The page of a run that goes on. A page that cannot be served does not keep the app from running. */
final class RunPage implements AutoCloseable {
    private final @Nullable PageServer server;
    private final Messages messages;

    private RunPage(@Nullable PageServer server, Messages messages) {
        this.server = server;
        this.messages = messages;
    }

    /**
     * Serves the page over the recording.
     *
     * @param asked the port, and whether the page is also at a path of the app's port
     * @param plans tells plans once the app uses a database
     */
    static RunPage serve(
            RunSettings asked, Path recording, HeadroomToml configuration, LivePlans plans, Messages messages) {
        int port = asked.pagePort();
        if (port < 0) {
            return new RunPage(null, messages);
        }
        PageSettings silencing = PageSettings.defaults().silencing(configuration::silences);
        // At a path of the app's port others look, too: neither the database nor the project's files are theirs.
        PageSettings settings =
                asked.pagePath() == null ? silencing.live(plans, Path.of("")) : silencing.withoutSources();
        try {
            return new RunPage(
                    PageServer.start(port == 0 ? settings : settings.atPort(port), List.of(recording)), messages);
        } catch (HeadroomException e) {
            messages.say(String.valueOf(e.getMessage()));
            return new RunPage(null, messages);
        }
    }

    /** Says where it is. */
    void announce() {
        if (server != null) {
            messages.say("watch it at " + server.address());
        }
    }

    /** The path of the app's port that leads here; null where none is asked for or nothing is served. */
    @Nullable
    PagePath path(@Nullable String named) {
        if (named == null || server == null) {
            return null;
        }
        URI address = server.address();
        return new PagePath(TokenPath.of(named), new InetSocketAddress(address.getHost(), address.getPort()));
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
