import Testing
import Workload

/// What the error messages say is allowed.
private enum Allowed {
    static let kinds =
        "fib-recursive, fib-iterative, fib-gmp, fib-gmp-doubling, fib-binet, sleep, message, crash, fail, hang"
    static let whole = "a whole number from 0 to 1000000000000"
    static let forms = "90, 1..93, zipf(1..93,1.1), exponential(5), lognormal(5,0.5)"
    static let mixForm =
        "KIND:parameter=value:weight=W:expect=D, such as fib-iterative:n=1..93:weight=6,sleep:ms=5"
    static let weights = "a number above 0, up to 1000000000"
    static let scale = "a number above 0, up to 1000000000000"
}

@Suite("Task mixes")
struct TaskMixTests {
    @Test("kinds have stable numbers and unique names that read back")
    func kinds() throws {
        #expect(
            TaskKind.allCases.map(\.name) == [
                "fib-recursive", "fib-iterative", "fib-gmp", "fib-gmp-doubling", "fib-binet", "sleep",
                "message", "crash", "fail", "hang",
            ])
        #expect(TaskKind.allCases.map(\.rawValue) == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
        for kind in TaskKind.allCases {
            #expect(try TaskKind(named: kind.name) == kind)
            let parameter = kind.misbehaves ? "attempts" : kind == .sleep ? "ms" : kind == .message ? "bytes" : "n"
            #expect(kind.parameterName == parameter)
        }
    }

    @Test("a line of text becomes its entries")
    func parsing() throws {
        let mix = try TaskMix(
            parsing: "fib-iterative:n=1..93:weight=6, fib-gmp:weight=2:n=zipf(1..93, 1.1),sleep:ms=0.5:expect=5ms")
        #expect(
            mix.entries == [
                try MixEntry(kind: .fibIterative, distribution: .uniform(1...93), weight: 6),
                try MixEntry(kind: .fibGMP, distribution: .zipf(1...93, exponent: 1.1), weight: 2),
                try MixEntry(kind: .sleep, distribution: .fixed(0.5), expected: .milliseconds(5)),
            ])
    }

    @Test(
        "canonical text reads back as itself",
        arguments: [
            "fib-iterative:n=1..93:weight=6,fib-gmp:n=100..2000:weight=2,sleep:ms=5:expect=5ms", "fib-binet:n=90",
            "fib-binet:n=90,fib-binet:n=90", "fib-recursive:n=zipf(0..30,1.1):weight=0.25", "sleep:ms=exponential(2.5)",
            "fib-gmp-doubling:n=lognormal(500,0.5):expect=1500us", "sleep:ms=0.5..1.25", "fib-gmp:n=1000000000000",
        ])
    func roundTrip(text: String) throws {
        let mix = try TaskMix(parsing: text)
        #expect(mix.description == text)
        #expect(try TaskMix(parsing: mix.description) == mix)
    }

    @Test(
        "other spellings mean the same",
        arguments: [
            ("fib-gmp:n=uniform(1,9)", "fib-gmp:n=1..9"), ("fib-gmp:n=fixed(7)", "fib-gmp:n=7"),
            ("fib-gmp:n=zipf(1,9,2)", "fib-gmp:n=zipf(1..9,2)"), (" fib-gmp : n = 7 : weight = 1 ", "fib-gmp:n=7"),
            ("fib-gmp:n=1e3", "fib-gmp:n=1000"), ("sleep:ms=1:weight=1e-7", "sleep:ms=1:weight=1e-07"),
        ])
    func spellings(text: String, canonical: String) throws {
        let mix = try TaskMix(parsing: text)
        #expect(mix.description == canonical)
        #expect(try TaskMix(parsing: canonical) == mix)
    }

    @Test(
        "bad text is refused with one line that says what is allowed",
        arguments: [
            ("", "a task kind in the mix is missing; allowed: \(Allowed.mixForm)"),
            (" ", "a task kind in the mix is missing; allowed: \(Allowed.mixForm)"),
            ("fib-magic:n=1", "unknown task kind \"fib-magic\"; allowed: \(Allowed.kinds)"),
            ("fib-gmp:n=1,", "unknown task kind \"\"; allowed: \(Allowed.kinds)"),
            ("fib\n:n=1", "unknown task kind \"fib\"; allowed: \(Allowed.kinds)"),
            ("fi\nb:n=1", "unknown task kind \"fi\\nb\"; allowed: \(Allowed.kinds)"),
            ("fib-gmp", "n of fib-gmp is missing; allowed: fib-gmp:n=90, fib-gmp:n=1..93"),
            ("sleep:weight=2", "ms of sleep is missing; allowed: sleep:ms=90, sleep:ms=1..93"),
            ("sleep:n=5", "unknown option of sleep \"n\"; allowed: ms, weight, expect"),
            ("fib-gmp:ms=5", "unknown option of fib-gmp \"ms\"; allowed: n, weight, expect"),
            ("fib-gmp:n", "a part of a mix cannot be \"n\"; allowed: \(Allowed.mixForm)"),
            ("fib-gmp:n=1:n=2", "option of fib-gmp \"n\" is given more than once; allowed: once"),
            ("fib-gmp:n=1:weight=1:weight=1", "option of fib-gmp \"weight\" is given more than once; allowed: once"),
            ("fib-gmp:n=1:expect=1s:expect=1s", "option of fib-gmp \"expect\" is given more than once; allowed: once"),
            ("fib-gmp:n=-5", "n of fib-gmp cannot be \"-5\"; allowed: \(Allowed.whole)"),
            ("fib-gmp:n=1.5", "n of fib-gmp cannot be \"1.5\"; allowed: \(Allowed.whole)"),
            ("fib-gmp:n=1e13", "n of fib-gmp cannot be \"10000000000000\"; allowed: \(Allowed.whole)"),
            ("fib-gmp:n=-1..5", "n of fib-gmp cannot be \"-1..5\"; allowed: \(Allowed.whole)"),
            ("fib-gmp:n=1..5.5", "n of fib-gmp cannot be \"1..5.5\"; allowed: \(Allowed.whole)"),
            ("fib-gmp:n=zipf(-1..5,1)", "n of fib-gmp cannot be \"zipf(-1..5,1)\"; allowed: \(Allowed.whole)"),
            ("sleep:ms=-1", "ms of sleep cannot be \"-1\"; allowed: a number from 0 to 1000000000000"),
            ("fib-gmp:n=93..1", "n of fib-gmp cannot be \"93..1\"; allowed: \(Allowed.forms)"),
            ("fib-gmp:n=1...5", "n of fib-gmp cannot be \"1...5\"; allowed: \(Allowed.forms)"),
            ("fib-gmp:n=many", "n of fib-gmp cannot be \"many\"; allowed: \(Allowed.forms)"),
            ("fib-gmp:n=nan", "n of fib-gmp cannot be \"nan\"; allowed: \(Allowed.forms)"),
            ("fib-gmp:n=", "n of fib-gmp cannot be \"\"; allowed: \(Allowed.forms)"),
            ("fib-gmp:n=zipf(1..9)", "n of fib-gmp cannot be \"zipf(1..9)\"; allowed: \(Allowed.forms)"),
            ("fib-gmp:n=zipf(1..9.5,1)", "n of fib-gmp cannot be \"zipf(1..9.5,1)\"; allowed: \(Allowed.forms)"),
            ("fib-gmp:n=zipf(1..9,1", "n of fib-gmp cannot be \"zipf(1..9,1\"; allowed: \(Allowed.forms)"),
            ("fib-gmp:n=pareto(1,2)", "n of fib-gmp cannot be \"pareto(1,2)\"; allowed: \(Allowed.forms)"),
            ("fib-gmp:n=exponential()", "n of fib-gmp cannot be \"exponential()\"; allowed: \(Allowed.forms)"),
            ("fib-gmp:n=exponential(0)", "the mean of fib-gmp cannot be \"exponential(0)\"; allowed: \(Allowed.scale)"),
            ("sleep:ms=lognormal(0,1)", "the median of sleep cannot be \"lognormal(0,1)\"; allowed: \(Allowed.scale)"),
            (
                "sleep:ms=lognormal(1,11)",
                "the lognormal sigma of sleep cannot be \"lognormal(1,11)\"; allowed: 0 to 10"
            ),
            ("fib-gmp:n=zipf(1..9,-1)", "the zipf exponent of fib-gmp cannot be \"zipf(1..9,-1)\"; allowed: 0 to 10"),
            (
                "fib-gmp:n=zipf(0..1000000,1)",
                "the count of zipf values of fib-gmp cannot be \"zipf(0..1000000,1)\"; allowed: at most 1000000"
            ),
            ("fib-gmp:n=1:weight=0", "weight cannot be \"0\"; allowed: \(Allowed.weights)"),
            ("fib-gmp:n=1:weight=-2", "weight cannot be \"-2\"; allowed: \(Allowed.weights)"),
            ("fib-gmp:n=1:weight=lots", "weight cannot be \"lots\"; allowed: \(Allowed.weights)"),
            ("fib-gmp:n=1:expect=0s", "expect cannot be \"0s\"; allowed: a duration from 1us to 1h"),
            ("fib-gmp:n=1:expect=61m", "expect cannot be \"61m\"; allowed: a duration from 1us to 1h"),
            (
                "fib-gmp:n=1:expect=5",
                "expect cannot be \"5\"; allowed: a number and its unit, such as 100us, 500ms, 1.5s, 2m or 1h"
            ),
        ])
    func refusal(text: String, expected: String) {
        #expect(message { _ = try TaskMix(parsing: text) } == expected)
    }

    @Test("entries made in code are checked too")
    func checked() {
        #expect(throws: WorkloadError.self) { try TaskMix(entries: []) }
        #expect(throws: WorkloadError.self) { try MixEntry(kind: .fibGMP, distribution: .fixed(.nan)) }
        #expect(throws: WorkloadError.self) {
            try MixEntry(kind: .fibGMP, distribution: .zipf(.min ... .max, exponent: 1))
        }
        #expect(throws: WorkloadError.self) { try MixEntry(kind: .fibGMP, distribution: .exponential(mean: .infinity)) }
        #expect(throws: WorkloadError.self) { try MixEntry(kind: .fibGMP, distribution: .fixed(1), weight: .nan) }
        #expect(throws: WorkloadError.self) { try MixEntry(kind: .fibGMP, distribution: .fixed(1), expected: .zero) }
    }
}
