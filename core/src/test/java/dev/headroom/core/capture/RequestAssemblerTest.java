package dev.headroom.core.capture;

import static dev.headroom.core.capture.Facts.connected;
import static dev.headroom.core.capture.Facts.finished;
import static dev.headroom.core.capture.Facts.ms;
import static dev.headroom.core.capture.Facts.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.capture.CaptureEvent.InstrumentedCall;
import dev.headroom.core.capture.CaptureEvent.InstrumentedRoute;
import dev.headroom.core.trace.Attribution;
import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.Connection;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.StatementKind;
import org.junit.jupiter.api.Test;

class RequestAssemblerTest {
    private final CollectedTraces traces = new CollectedTraces();
    private final CaptureMeter meter = new CaptureMeter();
    private final RequestAssembler assembler = new RequestAssembler(traces, meter, 4 << 20);
    private final Facts facts = new Facts();

    private void take(CaptureEvent... events) {
        for (CaptureEvent event : events) {
            assembler.accept(event);
        }
    }

    private Attribution onlyOutside() {
        assertThat(traces.outside).hasSize(1);
        return traces.outside.get(0).attribution();
    }

    @Test
    void aLoneRequestGetsItsQueriesAsLikely() {
        take(
                connected(1, 77, 0),
                started(1, 10),
                facts.select(1, 12, 15),
                facts.select(1, 16, 17),
                finished(1, 10, 20));
        assembler.advance(ms(1_000));

        assertThat(traces.requests).hasSize(1);
        assertThat(traces.requests.get(0).queries())
                .extracting(Query::attribution)
                .containsOnly(Attribution.LIKELY_ALONE)
                .hasSize(2);
    }

    @Test
    void whatTheAppDidNotWaitForIsOfTheRequestThatWasAloneAtItsStart() {
        take(connected(1, 77, 0), started(1, 10), finished(1, 10, 20));
        take(facts.failedSelect(1, 12, 21, Query.OUTCOME_UNKNOWN));
        assembler.advance(ms(1_000));

        assertThat(traces.requests.get(0).queries())
                .extracting(Query::attribution)
                .containsExactly(Attribution.LIKELY_ALONE);
    }

    @Test
    void whatFailsAfterTheRequestsEndIsNotCertainlyOfIt() {
        take(connected(1, 77, 0), started(1, 10), finished(1, 10, 20), facts.failedSelect(1, 12, 21, "08006"));
        assembler.advance(ms(1_000));

        assertThat(onlyOutside()).isEqualTo(Attribution.UNATTRIBUTED);
    }

    @Test
    void nothingIsDecidedBeforeItHasSettled() {
        take(started(1, 10), facts.select(1, 12, 15), finished(1, 10, 20));
        assembler.advance(ms(21));
        assertThat(traces.requests).isEmpty();

        // the other thread's word comes late: a second request was in flight as well
        take(started(2, 14), finished(2, 14, 30));
        assembler.advance(ms(1_000));
        assertThat(traces.requests)
                .allSatisfy(trace -> assertThat(trace.queries()).isEmpty());
        assertThat(onlyOutside()).isEqualTo(Attribution.UNATTRIBUTED);
    }

    @Test
    void aQueryIsDecidedOnceAllThatWasSeenUntilItsEndIsKnown() {
        take(started(1, 10), facts.select(1, 12, 15), finished(1, 10, 13), facts.select(1, 14, 17));
        assembler.advance(ms(16), true);
        assertThat(onlyOutside()).as("it outlasted its request").isEqualTo(Attribution.UNATTRIBUTED);
        assembler.advance(ms(17), true);
        assertThat(traces.outside).extracting(Query::attribution).contains(Attribution.BACKGROUND);
        assertThat(assembler.undecided()).isZero();
    }

    @Test
    void aRequestGetsItsQueryThoughALaterOneOfAnotherLoopWasStatedBefore() {
        take(connected(1, 77, 0), connected(2, 78, 0), new InstrumentedCall(77, ms(11), ms(16), 1, null));
        take(started(1, 10), finished(1, 10, 20), started(2, 30), facts.select(2, 35, 40), facts.select(1, 12, 15));
        assembler.advance(ms(430));

        assertThat(traces.requests).hasSize(1);
        assertThat(traces.requests.get(0).queries())
                .extracting(Query::attribution)
                .containsExactly(Attribution.EXACT);
        assertThat(traces.outside).isEmpty();
    }

    @Test
    void whereInstrumentationMayTellNothingIsDecidedAtOnce() {
        take(new CaptureEvent.InstrumentationConnected(), facts.select(1, 12, 15));
        assembler.advance(ms(16), true);
        assertThat(traces.outside).isEmpty();
        assembler.advance(ms(1_000), true);
        assertThat(onlyOutside()).isEqualTo(Attribution.BACKGROUND);
    }

    @Test
    void instrumentationThatNeverTellsIsNotWaitedForUntilItDoes() {
        take(new CaptureEvent.InstrumentationConnected(), connected(1, 77, 1), connected(2, 78, 1));
        for (int i = 0; i < AppConnections.MANY_UNTOLD; i++) {
            take(facts.select(1, 10, 11));
        }
        assembler.advance(ms(1_000), true);
        traces.outside.clear();

        take(facts.select(2, 1_001, 1_002));
        assembler.advance(ms(1_002), true);
        assertThat(onlyOutside()).isEqualTo(Attribution.BACKGROUND);

        take(new InstrumentedCall(78, ms(1_010), ms(1_013), 0, null), facts.select(2, 1_020, 1_021));
        assembler.advance(ms(1_021), true);
        assertThat(traces.outside).as("from then on it is").hasSize(1);
    }

    @Test
    void afterManyUntoldTheFirstBatchOfANewProcessIsExact() {
        take(new CaptureEvent.InstrumentationConnected(), connected(1, 77, 1), connected(2, 78, 1));
        for (int i = 0; i < AppConnections.MANY_UNTOLD; i++) {
            take(facts.select(1, 10, 11));
        }
        assembler.advance(ms(1_000), true);

        take(new CaptureEvent.InstrumentationConnected(), started(1, 1_010), started(2, 1_010));
        take(facts.select(2, 1_020, 1_021));
        assembler.advance(ms(1_030), true);
        take(new InstrumentedCall(78, ms(1_019), ms(1_022), 2, null), finished(1, 1_010, 1_090));
        take(finished(2, 1_010, 1_090));
        assembler.advance(ms(5_000), true);
        assertThat(traces.requests.get(1).queries())
                .extracting(Query::attribution)
                .containsExactly(Attribution.EXACT);
    }

    @Test
    void aConnectionThatInstrumentationDoesNotKnowIsNotWaitedForUntilItIsToldOf() {
        take(new CaptureEvent.InstrumentationConnected(), connected(1, 77, 1), connected(2, 78, 1));
        take(new InstrumentedCall(79, ms(1), ms(2), 0, null));
        for (int i = 0; i < AppConnections.MANY_UNTOLD; i++) {
            take(facts.select(1, 10, 11));
        }
        assembler.advance(ms(3_000), true);
        traces.outside.clear();

        take(facts.select(1, 3_001, 3_002));
        assembler.advance(ms(3_002), true);
        assertThat(onlyOutside()).isEqualTo(Attribution.BACKGROUND);

        take(facts.select(2, 3_003, 3_004));
        assembler.advance(ms(3_005), true);
        assertThat(traces.outside).as("another one").hasSize(1);

        take(started(1, 3_010), new InstrumentedCall(77, ms(3_011), ms(3_014), 1, null));
        take(facts.select(1, 3_020, 3_021), new InstrumentedCall(77, ms(3_019), ms(3_022), 1, null));
        assembler.advance(ms(3_021), true);
        take(finished(1, 3_010, 3_030));
        assembler.advance(ms(9_000), true);
        assertThat(traces.requests.get(0).queries())
                .extracting(Query::attribution)
                .containsExactly(Attribution.EXACT);
    }

    @Test
    void ofMoreThanCanBeHeldTheOldestAreJudgedAndTheOthersStillToldOf() {
        int more = 500;
        take(new InstrumentedCall(79, ms(1), ms(2), 0, null), connected(1, 77, 1), started(1, 5));
        for (int i = 0; i < RequestAssembler.MOST_HELD + more; i++) {
            take(facts.select(1, 10 + i / 10, 10 + i / 10));
            if (i % 100 == 0) {
                assembler.advance(ms(600 + i / 10));
            }
        }
        take(finished(1, 5, 300));
        assembler.advance(ms(800));
        assertThat(assembler.undecided()).isEqualTo(RequestAssembler.MOST_HELD);
        assertThat(traces.requests).as("waits for what is held").isEmpty();

        take(new InstrumentedCall(77, ms(9), ms(400), 1, null));
        assembler.advance(ms(900));
        assertThat(assembler.undecided()).isZero();
        assertThat(traces.requests.get(0).queries())
                .hasSize(RequestAssembler.MOST_HELD + more)
                .filteredOn(query -> query.attribution() == Attribution.EXACT)
                .hasSize(RequestAssembler.MOST_HELD);
    }

    @Test
    void aRequestIsKeptForTheCommitAfterItsResponse() {
        take(started(1, 10), connected(1, 77, 1), facts.query(1, 5, StatementKind.SELECT, 12, 15), finished(1, 10, 20));
        assembler.advance(ms(21), true);
        assertThat(traces.requests).isEmpty();
        take(facts.query(1, 5, StatementKind.CONTROL, 22, 23));
        assembler.advance(ms(24), true);
        assembler.advance(ms(1_000), true);
        assertThat(traces.requests.get(0).queries()).hasSize(2);
    }

    @Test
    void aRequestIsHandedOnAtOnceUntilADatabaseOrInstrumentationIsSeen() {
        take(started(1, 10), finished(1, 10, 20));
        assembler.advance(ms(19), true);
        assertThat(traces.requests).isEmpty();
        assembler.advance(ms(20), false);
        assertThat(traces.requests)
                .as("others may still have to state what they saw")
                .isEmpty();
        assembler.advance(ms(20), true);
        assertThat(traces.requests).hasSize(1);

        take(connected(1, 77, 21), started(2, 30), finished(2, 30, 40));
        assembler.advance(ms(41), true);
        assertThat(traces.requests).hasSize(1);
        assembler.advance(ms(91), true);
        assertThat(traces.requests).hasSize(2);
    }

    @Test
    void onlyTheRequestThatAHeldQueryMayBelongToWaitsForIt() {
        take(connected(1, 77, 0), connected(2, 78, 0), started(1, 10), started(2, 10));
        take(new InstrumentedCall(77, ms(11), ms(13), 1, null), facts.select(1, 12, 13), facts.select(1, 15, 16));
        take(finished(1, 10, 20), finished(2, 10, 12), started(3, 30), finished(3, 30, 40));
        assembler.advance(ms(1_000));
        assertThat(traces.requests).extracting(trace -> trace.request().id()).containsExactly(2L, 3L);

        take(new InstrumentedCall(77, ms(14), ms(17), 1, null));
        assembler.advance(ms(1_001));
        assertThat(traces.requests)
                .hasSize(3)
                .last()
                .satisfies(trace -> assertThat(trace.queries()).hasSize(2));
    }

    @Test
    void manyConnectionsAreKeptApart() {
        take(started(1, 10), finished(1, 10, 20), facts.select(1, 30, 31));
        take(started(2, 40));
        for (int id = 65; id < 65 + 200; id++) {
            take(facts.select(id, 41, 42));
        }
        take(facts.select(1, 43, 44), finished(2, 40, 50));
        assembler.advance(ms(1_000));

        assertThat(traces.requests.get(1).queries()).hasSize(200);
        assertThat(traces.outside)
                .extracting(Query::attribution)
                .containsExactly(Attribution.BACKGROUND, Attribution.UNATTRIBUTED);
    }

    @Test
    void twoRequestsInFlightLeaveAQueryUnattributed() {
        take(started(1, 10), started(2, 11), facts.select(1, 12, 15), finished(1, 10, 20), finished(2, 11, 21));
        assembler.advance(ms(1_000));
        assertThat(onlyOutside()).isEqualTo(Attribution.UNATTRIBUTED);
    }

    @Test
    void anAbandonedRequestThatStillRunsCountsAsInFlight() {
        take(started(1, 10), started(2, 30), facts.select(1, 32, 33));
        take(finished(2, 30, 40), finished(1, 10, 20, 100));
        assembler.advance(ms(1_000));
        assertThat(onlyOutside()).isEqualTo(Attribution.UNATTRIBUTED);
    }

    @Test
    void aStreamDoesNotCountAsInFlight() {
        take(started(1, 10), new CaptureEvent.RequestStreaming(1, ms(11)));
        take(started(2, 30), facts.select(1, 32, 33), finished(2, 30, 40));
        assembler.advance(ms(1_000));
        assertThat(traces.requests.get(0).queries()).hasSize(1);
    }

    @Test
    void aRequestWhoseResponseIsStillBeingReadDoesNotCountAsInFlight() {
        take(started(1, 10), facts.select(1, 12, 13), new CaptureEvent.RequestOver(1, ms(20)));
        take(started(2, 21), facts.select(1, 22, 23));
        assembler.advance(ms(100));
        take(finished(1, 10, 20), finished(2, 21, 130));
        assembler.advance(ms(1_000));
        assertThat(traces.requests)
                .hasSize(2)
                .allSatisfy(trace -> assertThat(trace.queries()).hasSize(1));
    }

    @Test
    void leadingSettingsOfAConnectionAreItsSetUp() {
        take(started(1, 10), connected(1, 77, 11), facts.query(1, 0, StatementKind.CONTROL, 12, 13));
        take(facts.select(1, 14, 15), facts.query(1, 0, StatementKind.CONTROL, 16, 17), finished(1, 10, 20));
        assembler.advance(ms(1_000));
        assertThat(onlyOutside()).isEqualTo(Attribution.SET_UP);
        assertThat(traces.requests.get(0).queries()).hasSize(2);
    }

    @Test
    void aQueryWithoutARequestIsBackground() {
        take(facts.select(1, 12, 15));
        assembler.advance(ms(1_000));
        assertThat(onlyOutside()).isEqualTo(Attribution.BACKGROUND);
    }

    @Test
    void backgroundWorkShadowsItsConnectionForAWhile() {
        take(started(1, 10), finished(1, 10, 20), facts.select(1, 30, 31));
        take(started(2, 40), facts.select(1, 41, 42), facts.select(2, 43, 44), finished(2, 40, 50));
        assembler.advance(ms(1_000));
        assertThat(traces.outside)
                .extracting(Query::attribution)
                .containsExactly(Attribution.BACKGROUND, Attribution.UNATTRIBUTED);
        assertThat(traces.requests.get(1).queries()).hasSize(1);
    }

    @Test
    void whatTheAppDidBeforeItsFirstRequestShadowsNothing() {
        take(facts.select(1, 1, 2), started(1, 10), facts.select(1, 12, 13), finished(1, 10, 20));
        assembler.advance(ms(1_000));
        assertThat(traces.requests.get(0).queries()).hasSize(1);
    }

    @Test
    void whatTheAppRunsEveryNowAndThenIsNoLoneRequestsOnAnyConnection() {
        take(facts.select(1, 1, 2), facts.select(1, 51, 52), facts.select(1, 101, 102));
        take(started(1, 110), facts.select(2, 151, 152), finished(1, 110, 200));
        assembler.advance(ms(1_000));
        assertThat(traces.requests.get(0).queries()).isEmpty();
        assertThat(traces.outside).extracting(Query::attribution).last().isEqualTo(Attribution.UNATTRIBUTED);
    }

    @Test
    void aLoopOfTheAppsStartIsNoJob() {
        for (int i = 1; i <= 9; i++) {
            take(facts.select(1, i, i));
        }
        take(started(1, 110), facts.select(1, 151, 152), finished(1, 110, 200));
        assembler.advance(ms(1_000));
        assertThat(traces.requests.get(0).queries()).hasSize(1);
    }

    @Test
    void aQueryThatBeganBeforeTheRequestIsNotItsOwn() {
        take(started(1, 10), facts.select(1, 5, 12), finished(1, 10, 20));
        assembler.advance(ms(1_000));
        assertThat(onlyOutside()).isEqualTo(Attribution.UNATTRIBUTED);
    }

    @Test
    void aCommitSentAfterTheResponseFollowsItsTransaction() {
        take(started(1, 10), facts.query(1, 5, StatementKind.CONTROL, 11, 12));
        take(facts.query(1, 5, StatementKind.SELECT, 13, 14), finished(1, 10, 20));
        take(facts.query(1, 5, StatementKind.CONTROL, 22, 23));
        assembler.advance(ms(1_000));
        assertThat(traces.outside).isEmpty();
        assertThat(traces.requests.get(0).queries()).hasSize(3);
    }

    @Test
    void instrumentationMakesItExactAmongManyRequests() {
        CallSite site = new CallSite("orders/api.py", 12, "get_office", "Order.office", null);
        take(connected(1, 77, 0), connected(2, 78, 0), started(1, 10), started(2, 10));
        take(facts.select(1, 12, 15), facts.select(2, 12, 15));
        take(new InstrumentedCall(78, ms(11), ms(16), 1, site), new InstrumentedCall(77, ms(11), ms(16), 2, null));
        take(new InstrumentedRoute(1, "/api/orders/<int:pk>/"), finished(1, 10, 20), finished(2, 10, 20));
        assembler.advance(ms(5_000));

        assertThat(traces.outside).isEmpty();
        Query ofFirst = traces.requests.get(0).queries().get(0);
        assertThat(ofFirst.connectionId()).isEqualTo(2);
        assertThat(ofFirst.attribution()).isEqualTo(Attribution.EXACT);
        assertThat(ofFirst.callSite()).isEqualTo(site);
        assertThat(traces.requests.get(0).request().route()).isEqualTo("/api/orders/<int:pk>/");
    }

    @Test
    void whereNoRequestWasSeenToBeginWhatIsToldOfNoneIsPlacedByTimeAndKeepsItsLine() {
        CallSite site = new CallSite("app.py", 9, "do_GET", null, null);
        take(connected(1, 77, 0), started(1, 10), facts.select(1, 12, 13), finished(1, 10, 20));
        take(started(2, 30), started(3, 30), facts.select(1, 32, 33), finished(2, 30, 40), finished(3, 30, 40));
        take(facts.select(1, 52, 53));
        for (int at : new int[] {11, 31, 51}) {
            take(new InstrumentedCall(77, ms(at), ms(at + 3), 0, site));
        }
        assembler.advance(ms(5_000));

        assertThat(traces.requests.get(0).queries())
                .singleElement()
                .satisfies(query -> assertThat(query.attribution()).isEqualTo(Attribution.LIKELY_ALONE))
                .satisfies(query -> assertThat(query.callSite()).isEqualTo(site));
        assertThat(traces.outside)
                .extracting(Query::attribution)
                .containsExactly(Attribution.UNATTRIBUTED, Attribution.BACKGROUND);
        assertThat(traces.outside).extracting(Query::callSite).containsOnly(site);
        assertThat(meter.counters().toldOfNoRequest()).isEqualTo(2);
    }

    @Test
    void onceOneWasSeenToBeginWhatIsToldOfNoneIsNoRequests() {
        take(new CaptureEvent.InstrumentedRequest(), connected(1, 77, 0), started(1, 10), facts.select(1, 12, 13));
        take(new InstrumentedCall(77, ms(11), ms(14), 0, null), finished(1, 10, 20));
        assembler.advance(ms(5_000));

        assertThat(onlyOutside()).isEqualTo(Attribution.BACKGROUND);
        assertThat(meter.counters().toldOfNoRequest()).isZero();
    }

    @Test
    void whileAKnownServerStartsWhatIsToldOfNoneIsItsStart() {
        take(new CaptureEvent.InstrumentedServer(), connected(1, 77, 0), started(1, 10), facts.select(1, 12, 13));
        take(new InstrumentedCall(77, ms(11), ms(14), 0, null));
        assembler.advance(ms(1_000));
        assertThat(onlyOutside()).isEqualTo(Attribution.BACKGROUND);

        take(finished(1, 10, 1_500), facts.select(2, 2_001, 2_002), connected(2, 78, 0));
        take(started(2, 2_000), finished(2, 2_000, 2_010));
        take(new InstrumentedCall(78, ms(2_000), ms(2_003), 0, null));
        assembler.advance(ms(5_000));
        assertThat(traces.requests.get(1).queries())
                .as("requests came and went, and none was seen to begin: they don't pass that server")
                .extracting(Query::attribution)
                .containsExactly(Attribution.LIKELY_ALONE);
    }

    @Test
    void aTraceIdOrATransactionTellsWhereTheCallDoesNot() {
        CallSite site = new CallSite("app.py", 9, "do_GET", null, null);
        take(connected(1, 77, 0), new CaptureEvent.RequestStarted(1, ms(10), "aa"), started(2, 10));
        take(facts.query(1, 5, StatementKind.SELECT, 12, 13, "aa"), facts.query(1, 5, StatementKind.SELECT, 15, 16));
        take(new InstrumentedCall(77, ms(11), ms(14), 0, site), new InstrumentedCall(77, ms(14), ms(17), 0, site));
        take(finished(1, 10, 20), finished(2, 10, 20));
        assembler.advance(ms(5_000));

        assertThat(traces.requests.get(0).queries())
                .hasSize(2)
                .allSatisfy(query -> assertThat(query.attribution()).isEqualTo(Attribution.EXACT))
                .allSatisfy(query -> assertThat(query.callSite()).isEqualTo(site));
        assertThat(meter.counters().toldOfNoRequest()).isZero();
    }

    @Test
    void aTransactionFollowsItsExactQuery() {
        take(new InstrumentedCall(1, ms(1), ms(2), 0, null));
        take(connected(1, 77, 0), started(1, 10), started(2, 10));
        take(facts.query(1, 9, StatementKind.CONTROL, 11, 12), facts.query(1, 9, StatementKind.SELECT, 13, 14));
        assembler.advance(ms(600));
        take(new InstrumentedCall(77, ms(13), ms(14), 2, null), facts.query(1, 9, StatementKind.CONTROL, 700, 701));
        take(finished(1, 10, 800), finished(2, 10, 800));
        assembler.advance(ms(9_000));

        assertThat(traces.outside).isEmpty();
        assertThat(traces.requests.get(1).queries())
                .extracting(Query::attribution)
                .containsOnly(Attribution.EXACT);
    }

    @Test
    void aTraceIdSentWithTheExecutionIsExactOnlyWhereItIsUnique() {
        take(new CaptureEvent.RequestStarted(1, ms(10), "aa"), new CaptureEvent.RequestStarted(2, ms(10), "bb"));
        take(new CaptureEvent.RequestStarted(3, ms(10), "bb"));
        take(
                facts.query(1, 0, StatementKind.SELECT, 12, 13, "aa"),
                facts.query(1, 0, StatementKind.SELECT, 14, 15, "bb"));
        take(finished(1, 10, 20), finished(2, 10, 20), finished(3, 10, 20));
        assembler.advance(ms(1_000));
        assertThat(traces.requests.get(0).queries())
                .extracting(Query::attribution)
                .containsExactly(Attribution.EXACT);
        assertThat(onlyOutside()).isEqualTo(Attribution.UNATTRIBUTED);
    }

    @Test
    void aMillionStatementsInOneRequestAreAllCountedInBoundedMemory() {
        take(started(1, 10));
        for (int i = 0; i < 1_000_000; i++) {
            assembler.accept(facts.select(1, 12, 13));
            if (i % 1_000 == 0) {
                assembler.advance(ms(500));
            }
        }
        take(finished(1, 10, 20));
        assembler.advance(ms(9_000));
        assertThat(traces.requests.get(0).statements()).isEqualTo(1_000_000);
        assertThat(traces.requests.get(0).queries()).hasSizeLessThanOrEqualTo(InFlight.KEPT_QUERIES);
    }

    @Test
    void finishHandsOnWhatHasNotSettled() {
        take(started(1, 10), facts.select(1, 12, 15), finished(1, 10, 20));
        assembler.finish();
        assertThat(traces.requests).hasSize(1);
        assertThat(assembler.undecided()).isZero();
    }

    @Test
    void afterALostRequestNothingIsCalledAlone() {
        take(started(1, 10), facts.select(1, 12, 15), finished(1, 10, 20));
        assembler.requestLost(ms(11));
        assembler.advance(ms(1_000));
        assertThat(onlyOutside()).isEqualTo(Attribution.UNATTRIBUTED);
    }

    @Test
    void ofTwoNestedCallsTheInnerOneTells() {
        CallSite inner = new CallSite("orders/models.py", 7, "save", null, null);
        CallSite outer = new CallSite("orders/views.py", 9, "create", null, null);
        take(connected(1, 77, 0), started(1, 10), facts.select(1, 12, 13), facts.select(1, 15, 16));
        take(
                new InstrumentedCall(77, ms(11), ms(14), 1, inner),
                new InstrumentedCall(77, ms(11), ms(17), 1, outer),
                finished(1, 10, 20));
        assembler.advance(ms(1_000));

        assertThat(traces.requests.get(0).queries()).extracting(Query::callSite).containsExactly(inner, outer);
    }

    @Test
    void onceInstrumentationSaidHelloItsWordIsWaitedFor() {
        take(new CaptureEvent.InstrumentationConnected(), connected(1, 77, 0), started(1, 10), started(2, 10));
        take(facts.select(1, 12, 13), finished(1, 10, 20), finished(2, 10, 20));
        assembler.advance(ms(100));
        take(new InstrumentedCall(77, ms(11), ms(14), 2, null));
        assembler.advance(ms(1_000));

        assertThat(traces.outside).isEmpty();
    }

    @Test
    void aCallThatIsToldLateIsWaitedForWhereNoLaterOneWasTold() {
        take(connected(1, 77, 0), started(1, 10), started(2, 10));
        take(new InstrumentedCall(77, ms(11), ms(13), 1, null), facts.select(1, 12, 13), facts.select(1, 15, 16));
        take(finished(1, 10, 20), finished(2, 10, 20));
        assembler.advance(ms(1_500));
        take(new InstrumentedCall(77, ms(14), ms(17), 2, null));
        assembler.advance(ms(5_000));

        assertThat(traces.outside).isEmpty();
        assertThat(traces.requests).extracting(trace -> trace.queries().size()).containsExactly(1, 1);
    }

    @Test
    void whatWasNotToldBeforeALaterCallIsNotWaitedFor() {
        take(connected(1, 77, 0), started(1, 10), facts.select(1, 12, 13), finished(1, 10, 20));
        take(new InstrumentedCall(77, ms(14), ms(17), 2, null));
        assembler.advance(ms(450));

        assertThat(traces.requests).hasSize(1);
    }

    @Test
    void aConnectionThatIsNeverToldOfIsWaitedForOnce() {
        take(new InstrumentedCall(1, ms(1), ms(2), 0, null));
        take(connected(1, 77, 0), started(1, 10), facts.select(1, 12, 13), finished(1, 10, 20));
        assembler.advance(ms(1_900));
        assertThat(traces.requests).isEmpty();
        assembler.advance(ms(2_100));
        assertThat(traces.requests).hasSize(1);

        take(started(2, 3_000), facts.select(1, 3_001, 3_002), finished(2, 3_000, 3_010));
        assembler.advance(ms(3_450));
        assertThat(traces.requests).hasSize(2);
    }

    @Test
    void aClosedConnectionIsForgottenOnceItsQueriesAreDecided() {
        for (int id = 1; id <= 100; id++) {
            take(connected(id, id, 10), facts.select(id, 11, 12));
            take(new CaptureEvent.ConnectionChanged(new Connection(id, id, ms(10), ms(10), ms(13))));
        }
        assembler.advance(ms(1_000));
        assertThat(traces.outside).hasSize(100);
        assertThat(assembler.connections()).isEqualTo(100);
        assembler.advance(ms(10_000));
        assertThat(assembler.connections()).isZero();
    }

    @Test
    void aRequestThatNeverEndsGivesItsRoomBack() {
        take(started(1, 10));
        for (int i = 0; i < InFlight.KEPT_QUERIES; i++) {
            take(facts.select(1, 20, 21));
        }
        assembler.advance(ms(1_000));
        assembler.advance(ms(3_700_000));
        take(started(2, 3_700_010));
        for (int i = 0; i < InFlight.KEPT_QUERIES; i++) {
            take(facts.select(1, 3_700_020, 3_700_021));
        }
        take(finished(2, 3_700_010, 3_700_030));
        assembler.advance(ms(3_800_000));
        assertThat(traces.requests)
                .singleElement()
                .satisfies(trace -> assertThat(trace.queries()).hasSize(InFlight.KEPT_QUERIES));
    }
}
