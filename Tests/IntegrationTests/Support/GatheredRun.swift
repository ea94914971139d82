import Foundation
import Glibc
import Measurement
import Testing
import TestSupport

/// A run that gathers its parts, and the parts: each a program of its own, on hosts of the test's choice.
final class GatheredRun {
    /// A part to be.
    struct Part {
        let role: String
        let name: String
        var host: NamespaceHosts.Host?
        var further: [String] = []

        init(_ role: String, _ name: String, on host: NamespaceHosts.Host? = nil, _ further: String...) {
            (self.role, self.name, self.host, self.further) = (role, name, host, further)
        }
    }

    /// Two workers, a generator and a sink, on this host.
    static let usual: [Part] = [
        Part("worker", "a"), Part("worker", "b"), Part("load", "x"),
        Part("sink", "s", on: nil, "--address", "tcp://127.0.0.1:0"),
    ]

    /// What they do.
    static let scenario = [
        "--mix", "fib-iterative:n=1..93,message", "--arrival", "poisson:500", "--duration", "2s", "--workers", "2",
    ]

    let name: String
    let url: String
    let temporary: TemporaryFolder
    private let shared: String?
    private(set) var run: RunUnderTest
    private(set) var parts: [String: FibqProgram] = [:]

    /// Starts the run and its parts.
    ///
    /// - Parameters:
    ///   - url: the server that all of them reach.
    ///   - launcher: what stands before the run's own command line.
    ///   - shared: the folder that all parts write into; `nil` for one each.
    init(
        _ arguments: [String] = scenario, _ parts: [Part] = usual, at url: String, launcher: [String] = [],
        shared: String? = nil, in temporary: TemporaryFolder? = nil
    ) throws {
        self.shared = shared
        self.temporary = try temporary ?? TemporaryFolder()
        self.url = url
        name = "trial-\(UInt32.random(in: .min ... .max))"
        run = try RunUnderTest(
            ["--gather", name, "--redis", url] + arguments, in: self.temporary, launcher: launcher)
        for part in parts { try start(part) }
    }

    /// Starts a part.
    @discardableResult
    func start(_ part: Part) throws -> FibqProgram {
        let program = try FibqProgram(
            [part.role, "--join", name, "--name", part.name, "--journals", folder(of: part.name)] + part.further,
            in: temporary.path, environment: ["FIBQ_REDIS_URL": url], launcher: part.host?.launcher ?? [])
        parts[part.name] = program
        return program
    }

    /// Where a part writes its journals.
    func folder(of part: String) -> String { shared ?? temporary.path(of: "journals-\(part)") }

    /// The part's own process, below whatever launched it.
    func process(of part: String) throws -> pid_t {
        let program = try #require(parts[part])
        return try #require(
            ([program.processID] + ProcessTable.descendants(of: program.processID)).first {
                ProcessTable.arguments(of: $0).first == FibqProgram.path
            })
    }

    /// Waits until a worker has begun so many attempts.
    func awaitAttempts(_ count: Int, of worker: String) throws {
        let path = "\(folder(of: worker))/\(worker).slot-0.attempts.journal"
        let isReached = eventually(within: .seconds(60)) {
            !run.program.isRunning || ((try? JournalReader<AttemptRecord>(opening: path).count) ?? 0) >= count
        }
        try #require(isReached && run.program.isRunning, "\(run.program.printedErrors)")
    }

    /// Waits for the end of the run, and then of each part, which must be these.
    func end(exitCode: Int32 = 0, sourceLocation: SourceLocation = #_sourceLocation) throws {
        _ = try run.end(exitCode: exitCode, sourceLocation: sourceLocation)
        for (name, part) in parts.sorted(by: { $0.key < $1.key }) {
            let ending = try part.end()
            #expect(ending.exitCode == 0, "\(name): \(ending.errors)", sourceLocation: sourceLocation)
        }
    }

    /// A part's row of `clocks.csv`.
    func clock(of part: String) throws -> CSVRow {
        try #require(run.table("clocks.csv").first { $0["process"] == part })
    }

    /// Every attempt of the run, with its times in the run's clock.
    func attempts() throws -> [(worker: String, record: AttemptRecord)] {
        try run.journals("attempts").flatMap { path in
            let journal = try JournalReader<AttemptRecord>(opening: path)
            let worker = String(journal.header.identity.name.prefix { $0 != "." })
            return (0..<journal.count).map { (worker, journal[$0]) }
        }
    }

    /// What a part's folder still holds.
    func leftovers(of part: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder(of: part)).sorted()
    }
}
