package dev.headroom.server.page;

import dev.headroom.core.HeadroomException;
import dev.headroom.core.check.CheckContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The recordings that a page shows, by number from 0; opened when somebody first looks. Thread-safe. */
final class OpenRecordings implements AutoCloseable {
    private final List<Path> files;
    private final CheckContext context;
    private final List<OpenRecording> opened = new ArrayList<>();
    private @Nullable HeadroomException failure;
    private boolean closed;

    OpenRecordings(List<Path> files, CheckContext context) {
        this.files = List.copyOf(files);
        this.context = context;
    }

    synchronized List<OpenRecording> all() {
        if (failure != null) {
            throw failure;
        }
        while (opened.size() < files.size() && !closed) {
            try {
                opened.add(OpenRecording.open(files.get(opened.size()), context));
            } catch (HeadroomException e) {
                failure = e;
                throw e;
            }
        }
        return List.copyOf(opened);
    }

    OpenRecording get(int number) {
        List<OpenRecording> all = all();
        if (number < 0 || number >= all.size()) {
            throw new HeadroomException("There is no recording " + number + "; the page shows " + all.size() + ".");
        }
        return all.get(number);
    }

    @Override
    public synchronized void close() {
        closed = true;
        opened.forEach(OpenRecording::close);
    }
}
