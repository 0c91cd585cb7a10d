//! Letters by mail: composed once from an outbox row, handed to a server or a folder, tried again with patience.
