package dev.headroom.core.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteGrouperTest {
    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/api/orders, /api/orders",
        "/api/orders/, /api/orders/",
        "/api/orders/17?page=2, /api/orders/{id}",
        "/users/17/orders/18, /users/{id}/orders/{id}",
        "/v1/health, /v1/health",
        "/-/ready, /-/ready",
        "/balance/-17, /balance/{id}",
        "/doc/123e4567-e89b-12d3-a456-426614174000, /doc/{uuid}",
        "/commit/9fceb02d0ae598e95dc970b74767f19372d61af8, /commit/{hash}",
        "/reports/2024-05-17, /reports/{date}",
        "/reports/2024-05, /reports/{date}",
        "/static/main.3f2a1b9c.css, /static/main.{hash}.css",
        "/static/app.js, /static/app.js",
        "/blog/the-blue-shoe-123, /blog/{slug}",
        "/reset/01ARZ3NDEKTSV4RRFFQ69G5FAV, /reset/{token}",
        "/mail/ada@example.org, /mail/{email}",
        "http://shop.example/api/orders/5, /api/orders/{id}",
        "*, *"
    })
    void puts_parameters_for_values(String target, String route) {
        assertThat(new RouteGrouper().route(target)).isEqualTo(route);
    }

    @Test
    void takes_names_that_vary_for_a_parameter() {
        RouteGrouper grouper = new RouteGrouper();
        Set<String> routes = new HashSet<>();
        for (char a = 'a'; a <= 'z'; a++) {
            for (char b = 'a'; b <= 'z'; b++) {
                routes.add(grouper.route("/tags/" + a + b + "/posts"));
            }
        }
        assertThat(routes).hasSize(41).contains("/tags/{slug}/posts");
    }

    @Test
    void bounds_the_number_of_routes_whatever_comes() {
        RouteGrouper grouper = new RouteGrouper();
        Set<String> routes = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            StringBuilder path = new StringBuilder();
            for (int rest = i * 31; rest > 0; rest /= 20) {
                path.append('/').append((char) ('a' + rest % 20));
            }
            routes.add(grouper.route(path.toString()));
        }
        assertThat(routes).hasSizeLessThanOrEqualTo(2002).contains(RouteGrouper.OTHER);
    }

    @Test
    void blanks_what_looks_secret() {
        assertThat(SecretParameters.blank("/login?user=ada&password=x&next=/&api_key=y"))
                .isEqualTo("/login?user=ada&password=***&next=/&api_key=***");
        assertThat(SecretParameters.blank("/orders?page=2&keyword=shoe")).isEqualTo("/orders?page=2&keyword=shoe");
    }
}
