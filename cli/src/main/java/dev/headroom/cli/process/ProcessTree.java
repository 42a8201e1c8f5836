package dev.headroom.cli.process;

import java.io.File;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A process and its descendants, also those whose parent has ended since they were last looked at. Whose child a process
 * is, is read of all processes of the machine now and then only; in between of those that are new, where the system lists
 * ids (Linux). Thread-safe.
 */
public final class ProcessTree {
    /** Between two looks at all processes: an id that was reused meanwhile is not seen to be new. */
    private static final int LOOKS_AT_NEW_ONES = 9;

    private final ProcessHandle root;
    private final Supplier<Set<Long>> listing;
    private Set<ProcessHandle> known = Set.of();

    /** The ids of which it is known whether they are of the tree. */
    private Set<Long> seen = Set.of();

    private int looksLeft;

    ProcessTree(ProcessHandle root) {
        this(root, ProcessTree::listed);
    }

    /**
     * A tree of {@code root}.
     *
     * @param listing the ids of all processes; empty where they can't be listed
     */
    ProcessTree(ProcessHandle root, Supplier<Set<Long>> listing) {
        this.root = root;
        this.listing = listing;
    }

    private static Set<Long> listed() {
        Set<Long> ids = new HashSet<>();
        String[] names = new File("/proc").list();
        for (String name : names == null ? new String[0] : names) {
            if (Character.isDigit(name.charAt(0))) {
                ids.add(Long.parseLong(name));
            }
        }
        return ids;
    }

    /** Looks again, and returns all that are alive. A handle knows its process's start, so a reused id is no match. */
    public synchronized List<ProcessHandle> alive() {
        // first, so that what starts while the processes are read is new the next time
        Set<Long> listed = listing.get();
        Set<ProcessHandle> found = new LinkedHashSet<>();
        if (listed.isEmpty() || looksLeft == 0) {
            looksLeft = LOOKS_AT_NEW_ONES;
            addAll(found);
        } else {
            looksLeft--;
            addNew(listed, found);
        }
        known = found;
        seen = listed;
        return List.copyOf(found);
    }

    private void addAll(Set<ProcessHandle> found) {
        addWithDescendants(root, found);
        // those whose parent has ended; only those, since each look reads all processes of the machine
        for (ProcessHandle handle : known) {
            if (!found.contains(handle)) {
                addWithDescendants(handle, found);
            }
        }
    }

    private static void addWithDescendants(ProcessHandle handle, Set<ProcessHandle> found) {
        if (handle.isAlive()) {
            found.add(handle);
            handle.descendants().forEach(found::add);
        }
    }

    /** Adds what is known and alive, and what is new and stems from it; unlists what has to be looked at again. */
    private void addNew(Set<Long> listed, Set<ProcessHandle> found) {
        known.stream().filter(ProcessHandle::isAlive).forEach(found::add);
        List<ProcessHandle> fresh = new ArrayList<>();
        for (long id : listed) {
            if (!seen.contains(id)) {
                ProcessHandle.of(id).ifPresent(fresh::add);
            }
        }
        boolean more = true;
        while (more) {
            more = fresh.removeIf(each -> each.parent().filter(found::contains).isPresent() && found.add(each));
        }
        for (ProcessHandle other : fresh) {
            Optional<Long> parent = other.parent().map(ProcessHandle::pid);
            if (parent.isPresent() && !listed.contains(parent.get())) {
                listed.remove(other.pid()); // of a parent that started while the ids were listed
            }
        }
    }

    /** The ids of all that are alive. */
    public List<Long> pids() {
        return alive().stream().map(ProcessHandle::pid).toList();
    }
}
