package dev.headroom.core.check;

import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.ResponseValues;

/** Looks for values in what a response showed, whose digests are in ascending order. */
final class ResponseSearch {
    private ResponseSearch() {}

    static boolean shows(ResponseValues response, long digest) {
        Digests digests = response.digests();
        int low = 0;
        int high = digests.size() - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            long value = digests.get(middle);
            if (value == digest) {
                return true;
            }
            if (value < digest) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }
}
