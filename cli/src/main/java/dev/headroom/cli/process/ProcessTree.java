package dev.headroom.cli.process;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A process and its descendants, also those whose parent has ended since they were last looked at. Thread-safe.
 */
public final class ProcessTree {
    private final ProcessHandle root;
    private final Set<ProcessHandle> known = new LinkedHashSet<>();

    ProcessTree(ProcessHandle root) {
        this.root = root;
    }

    /** Looks again, and returns all that are alive. A handle knows its process's start, so a reused id is no match. */
    public synchronized List<ProcessHandle> alive() {
        known.add(root);
        for (ProcessHandle handle : List.copyOf(known)) {
            if (handle.isAlive()) {
                handle.descendants().forEach(known::add);
            } else {
                known.remove(handle);
            }
        }
        List<ProcessHandle> alive = new ArrayList<>();
        for (ProcessHandle handle : known) {
            if (handle.isAlive()) {
                alive.add(handle);
            }
        }
        return alive;
    }

    /** The ids of all that are alive. */
    public List<Long> pids() {
        return alive().stream().map(ProcessHandle::pid).toList();
    }
}
