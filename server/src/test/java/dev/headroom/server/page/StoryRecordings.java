package dev.headroom.server.page;

import java.nio.file.Path;

/** Generated recordings for the tests of other packages. */
public final class StoryRecordings {
    private StoryRecordings() {}

    /** A shop with an N+1 and duplicates. */
    public static Path before(Path folder, int requests) {
        return StoryRecording.write(folder.resolve("before.headroom"), requests, false);
    }

    /** The one before, with what the database and the ORM told of their tables. */
    public static Path described(Path folder, int requests) {
        return StoryRecording.writeDescribed(folder.resolve("described.headroom"), requests);
    }

    /** The same after its queries were joined. */
    public static Path after(Path folder, int requests) {
        return StoryRecording.write(folder.resolve("after.headroom"), requests, true);
    }
}
