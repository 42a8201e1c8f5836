package dev.headroom.core.trace;

/** Hands each trace to two sinks, one after the other. */
record BothSinks(TraceSink first, TraceSink second) implements TraceSink {
    @Override
    public void run(RunInfo info) {
        first.run(info);
        second.run(info);
    }

    @Override
    public void request(RequestTrace trace) {
        first.request(trace);
        second.request(trace);
    }

    @Override
    public void outside(Query query) {
        first.outside(query);
        second.outside(query);
    }

    @Override
    public void connection(Connection connection) {
        first.connection(connection);
        second.connection(connection);
    }

    @Override
    public void event(Event event) {
        first.event(event);
        second.event(event);
    }

    @Override
    public void database(DatabaseFacts facts) {
        first.database(facts);
        second.database(facts);
    }

    @Override
    public void orm(OrmFacts facts) {
        first.orm(facts);
        second.orm(facts);
    }

    @Override
    public void sample(MemorySample sample) {
        first.sample(sample);
        second.sample(sample);
    }

    @Override
    public void jvm(JvmSample sample) {
        first.jvm(sample);
        second.jvm(sample);
    }

    @Override
    public void values(ValueSample sample) {
        first.values(sample);
        second.values(sample);
    }

    @Override
    public void counters(CaptureCounters counters) {
        first.counters(counters);
        second.counters(counters);
    }
}
