package dev.headroom.server.recording;

/** Settings with which a recording has room for all that a test tells at once, however slowly it is written. */
public final class Lossless {
    private static final RecordingSettings USUAL = RecordingSettings.defaults();

    public static final RecordingSettings SETTINGS =
            new RecordingSettings(USUAL.maxBytes(), 1L << 30, USUAL.commitEvery());

    private Lossless() {}
}
