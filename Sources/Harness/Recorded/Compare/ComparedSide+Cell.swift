import Reporting

extension ComparedSide {
    /// The cell of a sweep that a path names: that of the sweep's folder, and the cell's after it; `nil` for other paths.
    ///
    /// - Throws: ``HarnessError/results(_:)`` for a sweep that can't be read, ``HarnessError/usage(_:)`` for one without that cell.
    init?(cell path: String) throws(HarnessError) {
        let parts = path.split(separator: "/")
        let above = parts.dropLast().joined(separator: "/")
        let folder = path.hasPrefix("/") ? "/\(above)" : above.isEmpty ? "." : above
        guard let cell = parts.last, !RecordedFolder.exists(path), RecordedFolder.hasManifest(folder) else {
            return nil
        }
        let sweep = try RecordedFolder(folder)
        guard sweep.kind == .sweep else { return nil }
        try self.init(cell: String(cell), of: sweep)
    }

    private init(cell id: String, of folder: RecordedFolder) throws(HarnessError) {
        let sweep = try RecordedSweep(folder)
        guard let runs = sweep.cells.first(where: { $0[0].key.cellID == id }) else {
            let names = sweep.cells.map { $0[0].key.cellID }
            throw .usage(
                "\(folder.path) has no cell \(id): name one of \(names.first ?? "") to \(names.last ?? ""), or a folder of a run"
            )
        }
        path = "\(folder.path)/\(id)"
        axes = nil
        cells = [Cell(parameters: [:], runs: runs)]
        let own = runs.map { "\(folder.path)/\($0.name)" }.filter(RecordedFolder.hasManifest)
        let manifests = try own.map { run throws(HarnessError) in try RecordedFolder(run).manifest }
        // Where the runs' folders are gone, what tells cells apart is what the sweep varies.
        setup =
            manifests.isEmpty
            ? SetupFacts(
                [folder.manifest], varying: Dictionary(zip(sweep.axes, runs[0].parameters)) { first, _ in first })
            : SetupFacts(manifests)
    }
}
