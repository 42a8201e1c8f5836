package dev.headroom.examples.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class ResponseTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/orders",
                "/api/orders?page=7&size=25",
                "/api/orders?size=500",
                "/api/orders?page=299",
                "/api/orders?page=300",
                "/api/offices",
                "/api/offices?page=8",
                "/api/offices?page=9",
                "/api/offices?company=40",
                "/api/offices?company=404",
                "/api/health"
            })
    void before_and_after_answer_the_same_bytes(String path) throws IOException, InterruptedException {
        assertThat(RunningStage.of("after").get(path).body())
                .isEqualTo(RunningStage.of("before").get(path).body());
    }

    @Test
    void narrow_answers_the_orders_without_their_lines() throws IOException, InterruptedException {
        var expected = (ObjectNode) RunningStage.of("before").get("/api/orders").json();
        expected.get("orders").forEach(order -> ((ObjectNode) order).remove("lines"));

        assertThat(RunningStage.of("narrow").get("/api/orders").json()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/offices", "/api/offices?company=40"})
    void narrow_answers_the_offices_without_staff_and_hours(String path) throws IOException, InterruptedException {
        var expected = (ObjectNode) RunningStage.of("before").get(path).json();
        expected.get("offices").forEach(office -> ((ObjectNode) office).remove(Set.of("staff", "hours")));

        assertThat(RunningStage.of("narrow").get(path).json()).isEqualTo(expected);
    }

    @Test
    void the_first_page_of_orders_is_the_last_day_and_one_user_ordered_half_of_it()
            throws IOException, InterruptedException {
        var page = RunningStage.of("before").get("/api/orders").json();

        assertThat(page.get("total").asInt()).isEqualTo(12_000);
        assertThat(page.get("orders")).hasSize(40).allSatisfy(order -> {
            assertThat(order.at("/orderedOn").asString()).isEqualTo("2026-03-02");
            assertThat(order.at("/customer/address/street").asString()).isNotBlank();
            assertThat(order.at("/supplier/address/city").asString()).isNotBlank();
            assertThat(order.at("/lines")).isNotEmpty();
        });
        assertThat(page.get("orders"))
                .filteredOn(order -> order.at("/customer/name").asString().equals("Eva Keller"))
                .hasSize(20);
    }

    @Test
    void the_first_page_of_offices_has_nine_companies_and_the_largest_company_has_312_offices()
            throws IOException, InterruptedException {
        var companies = new HashSet<String>();
        RunningStage.of("before")
                .get("/api/offices")
                .json()
                .get("offices")
                .forEach(office -> companies.add(office.get("company").asString()));

        assertThat(companies).hasSize(9);
        assertThat(RunningStage.of("before")
                        .get("/api/offices?company=40")
                        .json()
                        .get("offices"))
                .hasSize(312);
    }
}
