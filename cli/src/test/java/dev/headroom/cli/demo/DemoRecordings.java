package dev.headroom.cli.demo;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the recordings of one run of the demo: made when first asked for, removed after the last test. */
final class DemoRecordings implements BeforeAllCallback, ParameterResolver {
    /** How often each page of each stage was asked for. */
    static final int REQUESTS = 4;

    /** The recording of each stage. */
    record Made(Map<String, Path> files, Cleanup folder) implements AutoCloseable {
        @Override
        public void close() {
            folder.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        String missing = new OrdersOnSpring(DemoCommand.home()).missing();
        assumeTrue(missing.isEmpty(), missing);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Made.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(DemoRecordings.class))
                .computeIfAbsent(Made.class, key -> make(), Made.class);
    }

    private static Made make() {
        DemoApplication application = new OrdersOnSpring(DemoCommand.home());
        Cleanup kept = new Cleanup();
        try (Cleanup cleanup = new Cleanup()) {
            Path folder = Files.createTempDirectory("headroom-demo-recordings");
            kept.add(folder);
            return new Made(DemoRun.run(application, folder, REQUESTS, cleanup, new Silent()), kept);
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder could be made", e);
        }
    }

    private static final class Silent implements DemoRun.Progress {
        @Override
        public void step(String what) {}

        @Override
        public void request() {}
    }
}
