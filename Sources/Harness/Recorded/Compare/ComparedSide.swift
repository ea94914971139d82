import Reporting

/// One of two recorded set-ups: a run, a sweep, a cell of one, or a folder of runs that are all repetitions of one set-up.
struct ComparedSide {
    /// Runs of one set-up.
    struct Cell {
        /// What it varies, by axis; empty for runs that are not of a sweep.
        let parameters: [String: String]
        /// The runs, also those that are not done.
        let runs: [CellRow]
    }

    /// Where it is.
    let path: String
    /// The names of the axes; `nil` for what is no sweep.
    let axes: [String]?
    /// Its cells, in order.
    let cells: [Cell]
    /// What the manifests say of it.
    let setup: SetupFacts

    /// Reads a folder, or what a sweep's says of the cell that is named after it.
    ///
    /// - Throws: ``HarnessError/results(_:)`` for one that can't be read, ``HarnessError/usage(_:)`` for one that holds nothing
    ///   to compare.
    init(_ path: String) throws(HarnessError) {
        if let cell = try ComparedSide(cell: path) {
            self = cell
            return
        }
        let inner = RecordedFolder.folders(in: path)
        guard RecordedFolder.hasManifest(path) || inner.isEmpty else {
            self = try ComparedSide(path, repetitions: inner)
            return
        }
        let folder = try RecordedFolder(path)
        self.path = folder.path
        switch folder.kind {
        case .run:
            axes = nil
            cells = [Cell(parameters: [:], runs: [try Self.cell(of: folder)])]
            setup = SetupFacts([folder.manifest])
        case .sweep:
            let sweep = try RecordedSweep(folder)
            axes = sweep.axes
            cells = sweep.cells.map { runs in
                Cell(parameters: Dictionary(zip(sweep.axes, runs[0].parameters)) { first, _ in first }, runs: runs)
            }
            let manifests = try inner.map { run throws(HarnessError) in try RecordedFolder(run).manifest }
            setup = SetupFacts(manifests.isEmpty ? [folder.manifest] : manifests)
        default:
            throw .usage("\(path) is of a study: name a run, a sweep, or a folder of runs to compare")
        }
    }

    private init(_ path: String, repetitions: [String]) throws(HarnessError) {
        var (runs, manifests): ([CellRow], [Manifest]) = ([], [])
        for run in repetitions {
            let folder = try RecordedFolder(run)
            guard folder.kind == .run else {
                throw .usage("\(path): \(run) is no run: name a run, a sweep, or a folder of runs to compare")
            }
            runs.append(try Self.cell(of: folder))
            manifests.append(folder.manifest)
        }
        self.path = path
        axes = nil
        cells = [Cell(parameters: [:], runs: runs)]
        setup = SetupFacts(manifests)
        try checkRepetitions(runs.map(\.key))
    }

    /// Runs that a command made one by one, of one set-up, and each once.
    private func checkRepetitions(_ keys: [RunKey]) throws(HarnessError) {
        if RecordedFolder.isBegun(path) {
            throw .usage("\(path) is of a sweep that has not ended: wait for its end, or resume it")
        }
        if let name = setup.mixed.first {
            throw .usage(
                "\(path) holds runs of several set-ups, which differ in \(name): name a folder of repetitions, or a sweep"
            )
        }
        for (index, key) in keys.enumerated() where keys[..<index].contains(key) {
            throw .usage(
                "\(path) holds the run \(key.runID), \(key.cellID), repetition \(key.repetition), twice: a copy is no repetition"
            )
        }
    }

    /// A run that did not end well was measured, and does not count.
    private static func cell(of folder: RecordedFolder) throws(HarnessError) -> CellRow {
        var row = try RecordedTables(folder).cell
        if folder.manifest.exitStatus != 0 { row.status = .failed }
        return row
    }
}

extension ComparedSide.Cell {
    /// Its values in the order of some axes.
    func labels(_ axes: [String]) -> [String] { axes.map { parameters[$0] ?? "" } }

    /// What it varies, for messages: `workers 2, slots 4`.
    func name(_ axes: [String]) -> String { axes.map { "\($0) \(parameters[$0] ?? "")" }.joined(separator: ", ") }
}
