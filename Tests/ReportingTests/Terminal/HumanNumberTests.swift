import Reporting
import Testing

@Suite("Numbers for people")
struct HumanNumberTests {
    @Test(arguments: [
        (0, "0"), (999, "999"), (1_000, "1,000"), (-1_234_567, "-1,234,567"), (Int.min, "-9,223,372,036,854,775,808"),
    ])
    func count(value: Int, text: String) { #expect(HumanNumber.count(value) == text) }

    @Test(arguments: [
        (0, "0 µs"), (1.234, "1.23 µs"), (9.996, "10.0 µs"), (850, "850 µs"), (999.4, "999 µs"), (999.6, "1.00 ms"),
        (1_234, "1.23 ms"), (99_960, "100 ms"), (999_600, "1.00 s"), (40_125_000, "40.1 s"), (99_960_000, "1:40"),
        (3_725_000_000, "1:02:05"),
    ])
    func time(microseconds: Double, text: String) { #expect(HumanNumber.time(microseconds: microseconds) == text) }

    @Test(arguments: [
        (0.1234, "0.12/s"), (12.34, "12.3/s"), (123.4, "123/s"), (1_234_567.8, "1,234,568/s"), (.infinity, "inf/s"),
    ])
    func rate(value: Double, text: String) { #expect(HumanNumber.rate(value) == text) }

    @Test(arguments: [
        (0, "0 B"), (1_023, "1,023 B"), (1_024, "1.00 KiB"), (1_536, "1.50 KiB"), (1 << 20, "1.00 MiB"),
        ((1 << 20) - 1, "1.00 MiB"), (123 << 30, "123 GiB"), (5_000 << 40, "5,000 TiB"), (-2_048, "-2.00 KiB"),
    ])
    func bytes(value: Int, text: String) { #expect(HumanNumber.bytes(value) == text) }

    @Test func greaterThanAnyCount() { #expect(HumanNumber.number(1e19) == "1e+19") }

    @Test func percent() { #expect(HumanNumber.percent(0.1234) == "12.3 %") }
}
