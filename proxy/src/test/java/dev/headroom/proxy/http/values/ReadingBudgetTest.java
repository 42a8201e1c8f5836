package dev.headroom.proxy.http.values;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.capture.CaptureMeter;
import dev.headroom.core.digest.ValueDigester;
import dev.headroom.core.trace.ResponseValues;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ReadingBudgetTest {
    private static final int LIMIT = 8 * 1024 * 1024;

    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private long nanos;
    private long leap;
    private final ValueReading reading = new ValueReading(
            tasks::add, ValueDigester.withRandomSalt(), new CaptureMeter(), trouble -> {}, () -> nanos += leap);

    @Test
    void bounds_the_digests_of_many_unfinished_responses_together() {
        List<ResponseReading> open = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            open.add(Objects.requireNonNull(reading.begin("application/json", null, null, false)));
        }
        for (ResponseReading response : open) {
            ByteBuffer text = distinctNumbers(open.indexOf(response));
            response.content(text, 0, text.limit());
            runTasks();
        }
        assertThat(reading.heldBytes()).isLessThanOrEqualTo(LIMIT).isGreaterThan(LIMIT / 2);

        List<ResponseValues> read = new ArrayList<>();
        open.forEach(response -> response.end(true, read::add));
        runTasks();

        assertThat(read).hasSize(60);
        assertThat(read.get(0).complete()).isTrue();
        assertThat(read).as("what found no room says so").anyMatch(values -> !values.complete());
        assertThat(reading.heldBytes()).isZero();
    }

    @Test
    void bounds_how_many_responses_are_begun_at_once() {
        while (reading.begin("text/html", null, null, false) != null) {
            assertThat(reading.heldBytes()).isLessThanOrEqualTo(LIMIT);
        }
        assertThat(reading.heldBytes()).isPositive();
    }

    @Test
    void reads_a_part_of_a_flood_only() {
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            nanos += 10_000;
            ResponseReading response = reading.begin("text/html", null, null, false);
            if (response != null) {
                read++;
                response.end(true, values -> {});
                runTasks();
            }
        }
        // 500 ms and 4 % of the 200 ms that pass, at 80 us a response
        assertThat(read).isBetween(6_300, 6_400);
    }

    @Test
    void reads_on_after_a_slice_that_was_stopped_for_long() {
        ResponseReading stopped = Objects.requireNonNull(reading.begin("text/html", null, null, false));
        stopped.end(true, values -> {});
        leap = 3_600_000_000_000L; // as by Ctrl-Z, and fg an hour later
        runTasks();

        assertThat(reading.begin("text/html", null, null, false)).isNotNull();
    }

    private static ByteBuffer distinctNumbers(int response) {
        StringBuilder json = new StringBuilder("[0");
        for (int i = 0; i < 18_000; i++) {
            json.append(',').append(response * 100_000L + i);
        }
        return ByteBuffer.wrap(json.append(']').toString().getBytes(StandardCharsets.UTF_8));
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }
}
