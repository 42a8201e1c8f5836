package dev.headroom.server.page;

import dev.headroom.core.HeadroomException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Answers that were given already, as bytes, while their recording has no news: the page asks the same questions on each
 * view. Holds at most {@value #MOST_BYTES} bytes, those that were asked for least recently go. Thread-safe.
 */
final class KeptAnswers {
    private static final int MOST_BYTES = 2 << 20;

    private final LinkedHashMap<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    private static final class Kept {
        final String state;
        final byte[] answer;

        Kept(String state, byte[] answer) {
            this.state = state;
            this.answer = answer;
        }
    }

    /**
     * The answer to {@code question}: the one that was given before if {@code state} is still the same, otherwise what
     * {@code answer} says.
     *
     * @param state what the answer depends on besides the question
     */
    byte[] get(String question, String state, Supplier<Object> answer) {
        synchronized (this) {
            Kept before = kept.get(question);
            if (before != null && before.state.equals(state)) {
                return before.answer;
            }
        }
        byte[] now = json(answer.get());
        keep(question, new Kept(state, now));
        return now;
    }

    private synchronized void keep(String question, Kept now) {
        Kept before = kept.put(question, now);
        bytes += now.answer.length - (before == null ? 0 : before.answer.length);
        var oldest = kept.entrySet().iterator();
        while (bytes > MOST_BYTES && oldest.hasNext()) {
            Map.Entry<String, Kept> each = oldest.next();
            bytes -= each.getValue().answer.length;
            oldest.remove();
        }
    }

    private static byte[] json(Object value) {
        try {
            return Answers.json(value);
        } catch (IOException e) {
            throw new HeadroomException("The answer could not be written: " + e.getMessage(), e);
        }
    }
}
