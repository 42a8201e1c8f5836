package dev.headroom.examples.orders.narrow;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class OfficeController {
    private final OfficeService offices;

    OfficeController(OfficeService offices) {
        this.offices = offices;
    }

    @GetMapping(path = "/api/offices", params = "!company")
    OfficePage page(@RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "100") int size) {
        return offices.page(page, size);
    }

    @GetMapping(path = "/api/offices", params = "company")
    OfficePage ofCompany(@RequestParam long company) {
        return offices.ofCompany(company);
    }
}
