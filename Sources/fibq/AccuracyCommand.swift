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
            case .time: "Write timings.csv: time against n. Print how it grows, and where algorithms change places."
            case .study: "Write all of them, and these fits and crossovers, to the folder --out."
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

    @Flag(help: "Allow what is refused because it would take too long: an n, or --first-divergence of many bits.")
    var force = false

    @Flag(help: "Show no progress.")
    var quiet = false

    func run() throws {
        try refuseWhatIsIgnored()
        if table == .study { return try runStudy() }
        let destination = try CSVDestination(out)
        let work = work(removing: destination.partialPath)
        switch table {
        case nil: try writeSweep(destination, work)
        case .firstDivergence: try writeDivergence(destination, work)
        case .why: try writeSources(destination, work)
        default: try writeTimings(destination, work)
        }
    }

    private func runStudy() throws {
        let study = try AccuracyStudy(
            output: out, to: to ?? 10_000_000, commandLine: CommandLine.stated, work: work())
        print("Files: \(try study.run())")
    }

    private func writeSweep(_ destination: CSVDestination, _ work: LongWork) throws {
        let variants = try variants(["binet"], bits: [53], modes: [.nearest])
        let sweep = try AccuracySweep(from: from ?? 0, to: to ?? 200, variants: variants, force: force)
        try destination.write(AccuracyRow.self) { emit throws(HarnessError) in
            try sweep.run(runID, work, emit: emit)
        }
    }

    private func writeDivergence(_ destination: CSVDestination, _ work: LongWork) throws {
        let formulas = AlgorithmRegistry.closedFormulas.map(\.name)
        let variants = try variants(
            formulas, bits: AlgorithmVariant.defaultPrecisions, modes: RoundingMode.allCases)
        for variant in variants { try DivergenceScan.check(variant.algorithm, force: force) }
        try destination.write(DivergenceRow.self) { emit throws(HarnessError) in
            for variant in variants { try emit(try DivergenceScan.row(runID, variant, work)) }
        }
    }

    private func writeSources(_ destination: CSVDestination, _ work: LongWork) throws {
        let bits = try precision.map { text throws(HarnessError) in try AccuracyLists.precisions(text) }
        let modes = try rounding.map { text throws(HarnessError) in try AccuracyLists.roundingModes(text) }
        let sweep = try ErrorSplitSweep(
            from: from ?? 1, to: to ?? 200, precisions: bits ?? [53], roundings: modes ?? [.nearest])
        try destination.write(ErrorSourceRow.self) { emit throws(HarnessError) in
            try sweep.run(runID, work, emit: emit)
        }
    }

    private func writeTimings(_ destination: CSVDestination, _ work: LongWork) throws {
        let names = try algorithm.map { text throws(HarnessError) in try AccuracyLists.names(text) }
        let sweep = try TimingSweep(names ?? AlgorithmRegistry.available.map(\.name), to: to ?? 10_000_000)
        var timings: [TimingRow] = []
        try destination.write(TimingRow.self) { emit throws(HarnessError) in
            try sweep.run(runID, work) { row throws(HarnessError) in
                timings.append(row)
                try emit(row)
            }
        }
        let table = GrowthTable(
            growth: GrowthFit.rows(runID, timings), crossovers: try sweep.crossovers(runID, timings, work)
        ).render()
        // What is printed beside a table of rows must not end up among them.
        if destination.isStandardOutput { StandardError.write(table) } else { print(table, terminator: "") }
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
        case .firstDivergence: ignored = ["--from", "--to"]
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

    /// Work that a signal ends. To be made before anything else is begun.
    private func work(removing unfinished: String? = nil) -> LongWork {
        let isQuiet = quiet
        return LongWork(stop: TerminationSignals(removing: unfinished).stop) { line in
            if !isQuiet { StandardError.write("\(line)\n") }
        }
    }
}
