import ArgumentParser
import Fibonacci
import Harness
import Multiprecision
import Reporting

/// `fibq accuracy`: where the closed formula stops being true, and why, and what each algorithm costs.
struct AccuracyCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "accuracy", abstract: "Hold the algorithms against the exact numbers.",
            discussion: """
                Without one of the flags below it writes accuracy.csv: a row for each n, algorithm, precision and \
                rounding mode. Lists are separated by commas. Precisions and rounding modes are for binet-mpfr.
                """)
    }

    /// Which table is asked for, other than accuracy.csv.
    enum Table: String, EnumerableFlag {
        case firstDivergence
        case why
        case time
        case study

        static func help(for value: Table) -> ArgumentHelp? {
            switch value {
            case .firstDivergence: "Write divergence.csv: the first n that is wrong, the last that is right, …"
            case .why: "Write error_sources.csv: what each step of the formula adds to its error."
            case .time: "Write timings.csv: time against n."
            case .study: "Write all of them, and fits and crossovers, to the folder --out."
            }
        }
    }

    @Flag var table: Table?

    @Option(parsing: .unconditional, help: "First n. Default: 0; for --why 1.")
    var from: Int?

    @Option(parsing: .unconditional, help: "Last n. Default: 200; for --time and --study 10000000.")
    var to: Int?

    @Option(help: "Names of algorithms. Default: binet; every closed formula for --first-divergence; all for --time.")
    var algorithm: String?

    @Option(help: "Significand sizes in bits. Default: 53; for --first-divergence 8 to 4096 in fourteen sizes.")
    var precision: String?

    @Option(help: "nearest, zero, up, down, away, or all. Default: nearest; all for --first-divergence.")
    var rounding: String?

    @Option(help: "The file. Default: standard output. For --study the folder, by default results/<run id>.")
    var out: String?

    @Flag(help: "Allow an n that an algorithm refuses because it would take too long.")
    var force = false

    @Flag(help: "Show no progress.")
    var quiet = false

    func run() throws {
        try refuseWhatIsIgnored()
        switch table {
        case nil: try writeSweep()
        case .firstDivergence: try writeDivergence()
        case .why: try writeSources()
        case .time: try writeTimings()
        case .study:
            try AccuracyStudy(output: out, to: to ?? 10_000_000, commandLine: CommandLine.arguments)
                .run(progress: show)
        }
    }

    private func writeSweep() throws {
        let variants = try variants(["binet"], bits: [53], modes: [.nearest])
        let sweep = try AccuracySweep(from: from ?? 0, to: to ?? 200, variants: variants, force: force)
        try CSVDestination.write(AccuracyRow.self, to: out) { emit throws(HarnessError) in
            try sweep.run(runID, emit: emit)
        }
    }

    private func writeDivergence() throws {
        let formulas = AlgorithmRegistry.closedFormulas.map(\.name)
        let variants = try variants(
            formulas, bits: AlgorithmVariant.studiedPrecisions, modes: RoundingMode.allCases)
        for variant in variants { try DivergenceScan.check(variant.algorithm) }
        try CSVDestination.write(DivergenceRow.self, to: out) { emit throws(HarnessError) in
            for variant in variants { try emit(try DivergenceScan.row(runID, variant)) }
        }
    }

    private func writeSources() throws {
        let bits = try precision.map { text throws(HarnessError) in try AccuracyLists.precisions(text) }
        let modes = try rounding.map { text throws(HarnessError) in try AccuracyLists.roundingModes(text) }
        try CSVDestination.write(ErrorSourceRow.self, to: out) { emit throws(HarnessError) in
            try ErrorSplit.sweep(
                runID, from: from ?? 1, to: to ?? 200, precisions: bits ?? [53], roundings: modes ?? [.nearest],
                emit: emit)
        }
    }

    private func writeTimings() throws {
        let names = try algorithm.map { text throws(HarnessError) in try AccuracyLists.names(text) }
        let sweep = try TimingSweep(names ?? AlgorithmRegistry.available.map(\.name), to: to ?? 10_000_000)
        try CSVDestination.write(TimingRow.self, to: out) { emit throws(HarnessError) in
            for row in try sweep.timings(runID, progress: show) { try emit(row) }
        }
    }

    /// An option that a table has no use for is an error, not silence.
    private func refuseWhatIsIgnored() throws(HarnessError) {
        let given = [
            "--from": from != nil, "--to": to != nil, "--algorithm": algorithm != nil, "--precision": precision != nil,
            "--rounding": rounding != nil, "--force": force,
        ]
        let ignored: [String]
        switch table {
        case nil: ignored = []
        case .firstDivergence: ignored = ["--from", "--to", "--force"]
        case .why: ignored = ["--algorithm", "--force"]
        case .time: ignored = ["--from", "--precision", "--rounding", "--force"]
        case .study: ignored = ["--from", "--algorithm", "--precision", "--rounding", "--force"]
        }
        if let option = ignored.first(where: { given[$0] == true }) {
            throw .usage("\(option) says nothing to this table: leave it out")
        }
    }

    private func variants(
        _ names: [String], bits: [Int], modes: [RoundingMode]
    ) throws(HarnessError) -> [AlgorithmVariant] {
        try AlgorithmVariant.expand(
            try algorithm.map { text throws(HarnessError) in try AccuracyLists.names(text) } ?? names,
            precisions: try precision.map { text throws(HarnessError) in try AccuracyLists.precisions(text) },
            roundings: try rounding.map { text throws(HarnessError) in try AccuracyLists.roundingModes(text) },
            defaults: (bits, modes))
    }

    /// The rows of a single table name the command as their run.
    private var runID: String { "accuracy" }

    private func show(_ line: String) {
        if !quiet { StandardError.write("\(line)\n") }
    }
}
