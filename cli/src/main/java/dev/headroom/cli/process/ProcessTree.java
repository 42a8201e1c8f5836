package dev.headroom.cli.process;

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
        Set<ProcessHandle> found = new LinkedHashSet<>();
        addWithDescendants(root, found);
        // those whose parent has ended; each look is one at all of the machine's processes, so none for what it found
        for (ProcessHandle handle : known) {
            if (!found.contains(handle)) {
                addWithDescendants(handle, found);
            }
        }
        known.clear();
        known.addAll(found);
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
