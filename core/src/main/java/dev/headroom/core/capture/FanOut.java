package dev.headroom.core.capture;

import dev.headroom.core.trace.CaptureCounters;
import dev.headroom.core.trace.Connection;
import dev.headroom.core.trace.DatabaseFacts;
import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.JvmSample;
import dev.headroom.core.trace.MemorySample;
import dev.headroom.core.trace.OrmFacts;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.RunInfo;
import dev.headroom.core.trace.TraceSink;
import dev.headroom.core.trace.ValueSample;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Hands each trace to several sinks and leaves out those that threw. Called by one thread; failures by any. */
final class FanOut implements TraceSink {
    private final List<TraceSink> sinks;
    private final List<String> failures = new CopyOnWriteArrayList<>();

    FanOut(List<TraceSink> sinks) {
        this.sinks = new ArrayList<>(sinks);
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void run(RunInfo info) {
        each(sink -> sink.run(info));
    }

    @Override
    public void request(RequestTrace trace) {
        // no lambda here and below, which would be an object for each of very many
        for (int i = 0; i < sinks.size(); i++) {
            try {
                sinks.get(i).request(trace);
            } catch (RuntimeException | Error e) {
                leaveOut(i--, e);
            }
        }
    }

    @Override
    public void outside(Query query) {
        for (int i = 0; i < sinks.size(); i++) {
            try {
                sinks.get(i).outside(query);
            } catch (RuntimeException | Error e) {
                leaveOut(i--, e);
            }
        }
    }

    @Override
    public void connection(Connection connection) {
        each(sink -> sink.connection(connection));
    }

    @Override
    public void event(Event event) {
        each(sink -> sink.event(event));
    }

    @Override
    public void database(DatabaseFacts facts) {
        each(sink -> sink.database(facts));
    }

    @Override
    public void orm(OrmFacts facts) {
        each(sink -> sink.orm(facts));
    }

    @Override
    public void sample(MemorySample sample) {
        each(sink -> sink.sample(sample));
    }

    @Override
    public void jvm(JvmSample sample) {
        each(sink -> sink.jvm(sample));
    }

    @Override
    public void values(ValueSample sample) {
        each(sink -> sink.values(sample));
    }

    @Override
    public void counters(CaptureCounters counters) {
        each(sink -> sink.counters(counters));
    }

    private void each(Consumer<TraceSink> call) {
        for (int i = 0; i < sinks.size(); i++) {
            try {
                call.accept(sinks.get(i));
            } catch (RuntimeException | Error e) {
                leaveOut(i--, e);
            }
        }
    }

    private void leaveOut(int index, Throwable cause) {
        failures.add(sinks.remove(index).getClass().getSimpleName() + " failed and was left out: " + cause);
    }
}
