package dev.headroom.cli.sidechannel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.capture.CaptureEvent.Happened;
import dev.headroom.core.capture.CaptureEvent.InstrumentationConnected;
import dev.headroom.core.capture.CaptureEvent.InstrumentedCall;
import dev.headroom.core.capture.CaptureEvent.InstrumentedRequest;
import dev.headroom.core.capture.CaptureEvent.InstrumentedRoute;
import dev.headroom.core.capture.CaptureEvent.InstrumentedServer;
import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.RelationLoad;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
    private static final String PLACE =
            "P 7 {\"file\":\"orders/serializers.py\",\"path\":\"/app/orders/serializers.py\","
                    + "\"line\":44,\"function\":\"OrderSerializer.office\",\"how\":\"field\","
                    + "\"relation\":{\"model\":\"Order\",\"name\":\"office\",\"target\":\"Office\",\"kind\":\"forward\","
                    + "\"path\":\"office\"},\"fields\":[\"OrderSerializer.office\"],"
                    + "\"view\":{\"name\":\"orders.views.OrderList\",\"file\":\"orders/views.py\",\"line\":11}}";

    private final StatedEvents stated = new StatedEvents();
    private final InstrumentationFacts facts = new InstrumentationFacts();
    private final FrameReader reader = new FrameReader(stated, facts);

    private void take(String... lines) {
        for (String line : lines) {
            reader.take(line);
        }
    }

    @Test
    void aCallIsToldWithItsPlace() {
        take(PLACE, "X 4242 17 1000000000001 1000000000002 7 140298959500992", "X 4242 0 3 4 0 1");

        CallSite querySet = new CallSite("orders/views.py", 11, "orders.views.OrderList", null, null);
        RelationLoad load = new RelationLoad(
                "Order", "office", RelationLoad.Kind.TO_ONE, "Office", false, false, "office", querySet);
        CallSite site = new CallSite(
                "orders/serializers.py", 44, "OrderSerializer.office", "Order.office", "OrderSerializer.office", load);
        assertThat(stated.events)
                .containsExactly(
                        new InstrumentedCall(4242, 1_000_000_000_001L, 1_000_000_000_002L, 17, site),
                        new InstrumentedCall(4242, 3, 4, 0, null));
    }

    @Test
    void aRouteIsToldByItsFrameworksName() {
        take("U 1 {\"route\":\"orders/<int:pk>\",\"view\":\"orders.views.Order\"}", "R 17 1", "R 17 2", "R 0 1");
        assertThat(stated.events).containsExactly(new InstrumentedRoute(17, "orders/<int:pk>"));
    }

    @Test
    void helloIsEnoughForQueriesToBeHeld() {
        take("H {\"protocol\":1,\"runtime\":\"python\",\"version\":\"3.11.2\",\"pid\":9,\"root\":\"/app\"}");
        assertThat(stated.of(InstrumentationConnected.class)).hasSize(1);
        assertThat(facts.hellos()).isEqualTo(1);
    }

    @Test
    void whatWasFoundAndWhatIsOffIsToldOnce() {
        String found = "F {\"name\":\"django\",\"version\":\"3.2.25\"}";
        String off = "D {\"part\":\"wsgi\",\"reason\":\"TypeError at wsgi_requests.py:9\",\"all\":true}";
        take(found, off, found, off, "V {\"vendor\":\"sqlite\",\"pid\":0}", "L 3", "L 5");

        assertThat(stated.of(Happened.class))
                .extracting(happened -> happened.event().text())
                .containsExactly(
                        "found django 3.2.25",
                        "instrumentation of wsgi: TypeError at wsgi_requests.py:9; all of it is off in that process");
        assertThat(stated.of(InstrumentationConnected.class))
                .as("so that its calls are waited for")
                .hasSize(1);
        assertThat(facts.frameworks()).containsEntry("django", "3.2.25");
        assertThat(facts.databases()).containsExactly("sqlite");
        assertThat(facts.lost()).isEqualTo(5);
    }

    @Test
    void thatRequestsAreToldOfAndThatOneBeganIsStatedOnce() {
        take("F {\"name\":\"psycopg2\",\"version\":\"2.9\"}", "B 0 1 2");
        assertThat(stated.of(InstrumentedServer.class)).isEmpty();
        assertThat(stated.of(InstrumentedRequest.class)).isEmpty();

        String found = "F {\"name\":\"waitress\",\"version\":\"3.0\",\"requests\":true}";
        take(found, found, "B 17 1 2", "B 18 1 3");
        assertThat(stated.of(InstrumentedServer.class)).hasSize(1);
        assertThat(stated.of(InstrumentedRequest.class)).hasSize(1);
    }

    @Test
    void whatNewerInstrumentationTellsIsSkipped() {
        take("E 17 1 2", "Z something new", "H {\"protocol\":1,\"surprise\":[1,{\"a\":null}]}");
        assertThat(facts.unreadableFrames()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "X",
                "X ",
                "X 1 2 3",
                "X 1 2 3 x 5 6",
                "X 1 2 3 99999999999999999999 5 6",
                "Xy1",
                "P 1 {",
                "P x {}",
                "U 1 []",
                "H nothing",
                "\u0000\u0001\u0002"
            })
    void whatCannotBeReadIsSkippedAndCounted(String line) {
        take(line);
        assertThat(stated.events).isEmpty();
        assertThat(facts.unreadableFrames()).isEqualTo(1);
    }
}
