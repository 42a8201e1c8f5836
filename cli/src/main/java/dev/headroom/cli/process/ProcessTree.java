package dev.headroom.cli.process;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A process and its descendants, also those whose parent has ended since they were last looked at. Thread-safe.
 */
public final class ProcessTree {
    private final ProcessHandle root;
    private Set<ProcessHandle> known = Set.of();

    ProcessTree(ProcessHandle root) {
        this.root = root;
    }

    /** Looks again, and returns all that are alive. A handle knows its process's start, so a reused id is no match. */
    public synchronized List<ProcessHandle> alive() {
        Set<ProcessHandle> found = new LinkedHashSet<>();
        addWithDescendants(root, found);
        // those whose parent has ended; only those, since each look reads all processes of the machine
        for (ProcessHandle handle : known) {
            if (!found.contains(handle)) {
                addWithDescendants(handle, found);
            }
        }
        known = found;
        return List.copyOf(found);
    }

    private static void addWithDescendants(ProcessHandle handle, Set<ProcessHandle> found) {
        if (handle.isAlive()) {
            found.add(handle);
            handle.descendants().forEach(found::add);
        }
    }

    /** The ids of all that are alive. */
    public List<Long> pids() {
        return alive().stream().map(ProcessHandle::pid).toList();
    }
}
