import Testing

/// Wall time is accounted for: CPU, I/O wait and other wait, each measured by itself, leave next to nothing.
@Suite struct CostTests {
    /// Tasks of a millisecond and more, of the computing sort and of the waiting sort.
    @Test(arguments: ["fib-recursive:n=28", "fib-gmp:n=1000000", "sleep:ms=5", "sleep:ms=2,fib-recursive:n=28"])
    func residualIsSmall(mix: String) throws {
        let run = try RunUnderTest.finished(["--tasks", "200", "--mix", mix])
        let rows = try run.table("io.csv").filter { $0["role"] == "worker" }
        #expect(!rows.isEmpty)
        for row in rows {
            let (wall, residual) = (try row.number("wall_s"), try row.number("residual_s"))
            #expect(abs(residual) < 0.05 * wall, "\(row["task_kind"]): \(residual) s of \(wall) s")
            #expect(try row.number("other_wait_s") >= 0)
        }
    }

    /// More processes than cores: the time that they wait for one is the kernel's figure, and it is there.
    @Test func waitingForACoreIsSeen() throws {
        let run = try RunUnderTest.finished(["--tasks", "400", "--mix", "fib-recursive:n=27", "--workers", "6"])
        let row = try #require(run.table("io.csv").first { $0["role"] == "worker" })
        #expect(try row.number("other_wait_s") > 0)
        #expect(try abs(row.number("residual_s")) < 0.05 * row.number("wall_s"))
    }
}
