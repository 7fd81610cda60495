"""The national public-service portal: receives dossiers and progress, checks them by tables of its own, pushes dossiers."""
