"""What players and servers noted as scrobbles: Last.fm, ListenBrainz, others' servers, logs."""
