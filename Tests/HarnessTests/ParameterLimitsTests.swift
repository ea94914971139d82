import Harness
import Testing
import Workload

/// What a mix may ask of the algorithms.
@Suite struct ParameterLimitsTests {
    @Test(arguments: [
        "fib-iterative:n=93", "fib-iterative:n=1..93", "fib-binet:n=1474", "fib-recursive:n=40", "sleep:ms=100000",
        "fib-gmp:n=100000", "fib-iterative:n=zipf(1..93,1.1)",
    ])
    func whatCanBeComputedIsAllowed(mix: String) throws {
        try ParameterLimits.check(TaskMix(parsing: mix), force: false)
    }

    @Test(arguments: [
        "fib-iterative:n=94", "fib-iterative:n=1..94", "fib-iterative:n=zipf(1..94,1.1)", "fib-binet:n=1475",
        "fib-gmp:n=1000000000000", "fib-iterative:n=1,fib-iterative:n=94",
    ])
    func whatCannotBeComputedIsRefusedEvenByForce(mix: String) throws {
        let mix = try TaskMix(parsing: mix)
        #expect(throws: WorkloadError.self) { try ParameterLimits.check(mix, force: false) }
        #expect(throws: WorkloadError.self) { try ParameterLimits.check(mix, force: true) }
    }

    @Test func whatTakesTooLongMustBeForced() throws {
        let mix = try TaskMix(parsing: "fib-recursive:n=41")
        #expect(throws: WorkloadError.self) { try ParameterLimits.check(mix, force: false) }
        try ParameterLimits.check(mix, force: true)
    }

    @Test(arguments: ["fib-gmp:n=exponential(500)", "fib-gmp-doubling:n=lognormal(100,1)", "sleep:ms=exponential(5)"])
    func whatHasNoEndToSpeakOfTakesAnyDistribution(mix: String) throws {
        try ParameterLimits.check(TaskMix(parsing: mix), force: false)
    }

    @Test(arguments: ["fib-iterative:n=exponential(5)", "fib-binet:n=lognormal(5,0.5)"], [false, true])
    func whatHasAnEndTakesNoDistributionWithoutOne(mix: String, force: Bool) throws {
        let mix = try TaskMix(parsing: mix)
        let error = try #require(throws: WorkloadError.self) { try ParameterLimits.check(mix, force: force) }
        let limit = mix.entries[0].kind == .fibBinet ? 1474 : 93
        #expect(error.problem == "n of \(mix.entries[0].kind.name) cannot be \"\(mix.entries[0].distribution)\"")
        #expect(
            error.allowed
                == "distributions that end by \(limit), such as \(limit), 1..\(limit) or zipf(1..\(limit),1.1)")
    }

    @Test(arguments: ["exponential(20)", "lognormal(20,0.1)"])
    func whatMayTakeForEverMustBeForced(distribution: String) throws {
        let mix = try TaskMix(parsing: "fib-gmp:n=5,fib-recursive:n=\(distribution)")
        let error = try #require(throws: WorkloadError.self) { try ParameterLimits.check(mix, force: false) }
        #expect(error.problem == "n of fib-recursive cannot be \"\(distribution)\"")
        #expect(error.allowed.hasSuffix("end by 40, such as 40, 1..40 or zipf(1..40,1.1), and any with --force"))
        try ParameterLimits.check(mix, force: true)
    }
}
