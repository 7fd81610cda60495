import"./part-chunk.YKQGMBM2.js";import"./part-chunk.T2ODCFNC.js";import"./part-chunk.COTGRCDO.js";
